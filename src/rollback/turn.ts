import type { Instant } from './request.ts';

/** Calls of one quota of AWS that are made together (src/quotas/quotas.ts). */
export interface Take {
  readonly quota: string;
  readonly calls: number;
}

/** What a way back takes of AWS's quotas. */
export interface Takes {
  /** The writes of Stop and of Revert on one rung. */
  readonly write: readonly Take[];
  /** One look of Settle. */
  readonly look: readonly Take[];
}

/** A rollback waits until then, because others use a quota before it. Absent: it goes at once. */
export interface Turn {
  readonly at: Instant;
  /** The quota that decides. */
  readonly quota: string;
  /** How many calls of it are reserved before this rollback's. */
  readonly ahead: number;
  /** The wait is long enough to publish the steps so far beside it. */
  readonly isLong?: true;
}

/** A wait of so many seconds is long. Publishing may take as long (statemachines/rollback.asl.yml, PublishTurn). */
export const LONG_SECONDS = 10;
