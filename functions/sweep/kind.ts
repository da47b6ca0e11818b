import type { ReadOptedIn } from '../../src/aws/opted-in.ts';
import type { Ledger, Sighting } from '../../src/ledger/ledger.ts';
import type { Revision, Tags } from '../../src/rollback/plan.ts';
import type { DeploymentSighting } from '../../src/targets/kind.ts';

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

/** What one sweep has at hand for every kind. */
export interface Swept {
  readonly optedIn: ReadOptedIn;
  readonly entriesOf: Ledger['entries'];
}

/** What the sweep must know of a kind of target. Each mechanism's `swept.ts` exports `createSweptKind`. Read only. */
export interface SweptKind {
  /** Null: the target is gone, or AWS no longer knows what that deployment deployed. */
  deployed(sighting: Sighting, swept: Pick<Swept, 'optedIn'>): Promise<Deployed | null>;
  /**
   * What the opted-in targets deployed lately, failed ones too, for events that were lost or that AWS never sends; none
   * for a kind whose events are sure to come. Where AWS keeps no deployments, what runs now is one that completed; a
   * kind that must know whether it is still the same asks for the target's entries.
   */
  seen(swept: Swept): Promise<readonly DeploymentSighting[]>;
}
