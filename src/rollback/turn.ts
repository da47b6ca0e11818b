import type { Instant } from './request.ts';

/** Calls of one quota of AWS that are made together (src/quotas/quotas.ts). */
export interface Take {
  readonly quota: string;
  readonly calls: number;
}

/** A rollback waits until then, because others use a quota before it. Absent: it goes at once. */
export interface Turn {
  readonly at: Instant;
  /** The quota that decides. */
  readonly quota: string;
  /** How many calls of it are reserved before this rollback's. */
  readonly ahead: number;
}
