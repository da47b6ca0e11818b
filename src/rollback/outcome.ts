import type { LikelyCause } from './evidence.ts';
import type { Instant } from './request.ts';

/** The end of a rollback. A doubtful end is `failed-dirty`. */
export type OutcomeState = 'rolled-back' | 'skipped' | 'failed-clean' | 'failed-dirty';

/** Added by Report. */
export interface Outcome {
  readonly state: OutcomeState;
  readonly at: Instant;
  /** One sentence: what happened and why. */
  readonly reason: string;
  /** The next steps of an operator, in order; empty when there is nothing to do. */
  readonly advice: readonly string[];
  /** The likely cause of the harm. Absent: the evidence names none, or none was gathered. */
  readonly cause?: LikelyCause;
}
