import type { Plant } from './plant.ts';
import { judgement } from './plants/judgement.ts';

export const PLANTS: readonly Plant[] = [...judgement];
