import type { Plant } from './plant.ts';
import { health } from './plants/health.ts';
import { judgement } from './plants/judgement.ts';
import { ledger } from './plants/ledger.ts';
import { mechanisms } from './plants/mechanisms.ts';
import { rules } from './plants/rules.ts';

export const PLANTS: readonly Plant[] = [...judgement, ...rules, ...health, ...ledger, ...mechanisms];
