import { calls } from './calls.ts';
import type { Fault } from './fault.ts';

export const FAULTS: readonly Fault[] = [...calls];
