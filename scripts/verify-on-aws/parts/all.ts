import { ecsRolling } from './ecs-rolling.ts';
import type { Part } from './part.ts';

/** Every part, in the order in which they are released. */
export const PARTS: readonly Part[] = [ecsRolling];
