import type { Plan } from '../../../src/rollback/plan.ts';

/** The source of a candidate: the ledger, the service's deployments, or the request. */
export type FoundIn = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly revision: string;
  readonly source: FoundIn;
}
