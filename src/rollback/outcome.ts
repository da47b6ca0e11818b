import type { Instant } from './request.ts';

/** How a rollback ended. In doubt `failed-dirty`. */
export type OutcomeState = 'rolled-back' | 'skipped' | 'failed-clean' | 'failed-dirty';

/** Added by Report. */
export interface Outcome {
  readonly state: OutcomeState;
  readonly at: Instant;
  /** One sentence: what happened and why. */
  readonly reason: string;
  /** What a person should do next, in order; empty when there is nothing to do. */
  readonly advice: readonly string[];
}
