import type { Plan } from '../../../src/rollback/plan.ts';

/** Says who knows a candidate: the ledger, the service's deployments, or the request. */
export type FoundIn = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, best first, and who says so. */
export interface Candidate {
  readonly revision: string;
  readonly source: FoundIn;
}
