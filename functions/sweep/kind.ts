import type { Sighting } from '../../src/ledger/ledger.ts';
import type { Revision, Tags } from '../../src/rollback/plan.ts';

/** What became of a deployment that completed. */
export interface Deployed {
  readonly revision: Revision;
  /** alone: it runs and nothing else does; gone: something else runs in its place; unclear: both, or nothing runs. */
  readonly runs: 'alone' | 'gone' | 'unclear';
  /** The target's tags. */
  readonly tags: Tags;
  /** Names of the alarms that watch its deployments. */
  readonly alarms: readonly string[];
}

/** What the sweep must know of a kind of target. Each mechanism's `swept.ts` exports `createSweptKind`. Read only. */
export interface SweptKind {
  /** Null: the target is gone, or AWS no longer knows what that deployment deployed. */
  deployed(sighting: Sighting): Promise<Deployed | null>;
}
