import type { Invariant } from './invariant.ts';
import { wayBack } from './way-back.ts';

export const INVARIANTS: readonly Invariant[] = [...wayBack];
