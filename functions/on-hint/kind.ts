import type { DeploymentSighting } from '../../src/targets/kind.ts';

/** What a kind of target is asked after a hint. A mechanism's `stalled.ts` exports `createStalledKind`. Read only. */
export interface StalledKind {
  /** The deployment in flight, where it cannot progress; null: there is none, it may, or the target did not opt in. */
  stalled(target: string): Promise<DeploymentSighting | null>;
}
