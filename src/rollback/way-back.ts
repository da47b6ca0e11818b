import type { Watch } from './plan.ts';
import type { Instant } from './request.ts';
import type { Turn } from './turn.ts';

// The slices of Stop, Revert and Settle: what was written to go back, and how far it has come.

/** Added by Stop. */
export type Stopped =
  /** The rollout stopped midway and stays there. */
  | { readonly state: 'stopped'; readonly at: Instant; readonly deployment: string }
  /** The stop already brings the old revision back. Revert joins it. */
  | { readonly state: 'reverting'; readonly at: Instant; readonly deployment: string }
  /** Nothing was in flight. */
  | { readonly state: 'not-running' }
  /** A stop would bring back another revision than the last known good. The revert supersedes the rollout instead. */
  | { readonly state: 'left-to-revert'; readonly deployment: string; readonly reason: string };

/** A way back was started, or Lastgood joined one that already ran. */
export interface Started {
  readonly state: 'started' | 'joined';
  readonly rung: number;
  readonly at: Instant;
  /** AWS's id of the deployment that goes back. Settle follows only this one. */
  readonly deployment: string;
  /** When this rung must have settled. After that Lastgood tries the next rung. */
  readonly settleBy: Instant;
  /** When Settle polls this rung for the first time. Absent: at once. */
  readonly pollInSeconds?: number;
  /** The next write became possible only after the deadline, so this rung got its time once more. */
  readonly extended?: true;
  /** The rungs tried before this one, and why each was left. */
  readonly left: readonly LeftRung[];
}

export interface LeftRung {
  readonly rung: number;
  readonly reason: string;
}

/**
 * Added by Revert. `failed`: this rung could not start, and `left` includes it. `more`: there is another rung.
 * `touched`: this rung or an earlier one wrote something, or may have written.
 */
export type Reverted =
  | Started
  | {
      readonly state: 'failed';
      readonly rung: number;
      readonly at: Instant;
      readonly reason: string;
      readonly left: readonly LeftRung[];
      readonly more: boolean;
      readonly touched?: true;
      /** When the next rung may write. Absent: at once. */
      readonly turn?: Turn;
    };

/** Added by Settle: one poll of the way back. Settle polls again before each poll of Verify. */
export type Settled =
  /** `at`: every poll since then has found it settled. `byAnother`: the last step was due, and Lastgood has no record of it. */
  | (Arrival & { readonly at: Instant; readonly byAnother?: true })
  /**
   * `polls`: since the wait began or `awaits` changed. `awaited`: what ended the wait; the next poll drops it.
   * `hinderedSince`: the first poll that saw a hindrance. `isNews`: this one did, so people read of it at once.
   */
  | (Pending & {
      readonly polls: number;
      readonly pollAgainInSeconds: number;
      readonly awaited?: AwaitedEnd;
      readonly hinderedSince?: Instant;
      readonly isNews?: true;
    })
  /** The way back waits for its next write. Revert runs again on the same rung. Capacity before weight needs this. */
  | { readonly state: 'due'; readonly at: Instant; readonly summary: string; readonly turn?: Turn }
  /**
   * This rung failed or ran out of time; `more`: there is another. `turn`: when the next write may be made. `cure`: what a
   * person must change before anything can be deployed. `untouched`: nothing was changed on this rung. `isGone`: the target was
   * deleted, so no other rung can go back.
   */
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly more: boolean;
      readonly turn?: Turn;
      readonly cure?: string;
      readonly untouched?: true;
      readonly isGone?: true;
    }
  /** A newer deployment took over. It may be the fix, so Lastgood does not stop it, and reports it. */
  | { readonly state: 'overtaken'; readonly by: string; readonly reason: string };

/** The way back has not settled yet. */
export interface Pending {
  readonly state: 'pending';
  readonly summary: string;
  /**
   * The target under which AWS publishes the end of the followed deployment, such as `codedeploy:shop/fleet` for an ECS
   * service that CodeDeploy deploys. That event ends the wait. Absent: AWS publishes none.
   */
  readonly awaits?: string;
  /** What AWS says hinders the way back, in whole sentences. Absent: AWS says nothing of the kind. */
  readonly hindrance?: string;
}

/** Added by AwaitEnd: the deployment whose event ended the wait. An error is `States.Timeout` when no event came. */
export type AwaitedEnd =
  { readonly deployment: string } | { readonly Error: string; readonly Cause?: string };

/** The way back has settled, as AWS reports. */
export interface Arrival {
  readonly state: 'settled';
  readonly summary: string;
  /** The target groups that carry the traffic now, where the plan could not name them. Absent: those of the plan. */
  readonly targetGroups?: Watch['targetGroups'];
  /** AWS went back natively. Lastgood did not start it, or only wrote after AWS had begun. */
  readonly byItself?: true;
  /** What the way back could not restore, as a sentence. Absent: it restored all of it. */
  readonly leaves?: string;
}
