import type { Heard, Instant, Request } from './request.ts';
import type { Evidence } from './evidence.ts';
import type { Deployment, Plan, Ready, Joinable, Revision, Watch } from './plan.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import type { HeldBack } from './pause.ts';
import type { InStorm } from './storm/arrivals.ts';
import type { Turn } from './turn.ts';
import type { Verdict } from './verdict.ts';

/**
 * The Rollback is one document that travels through the states. Each state adds one slice and leaves the others alone.
 * A state that polls again replaces only its own slice. The types follow the states: each state receives the slices of
 * the states before it.
 */
export interface Requested {
  readonly request: Request;
  /** ARN of the Step Functions execution; absent only before Claim. */
  readonly execution?: string;
}

/** Added by Claim. */
export interface Claim {
  /** The target's kind, which selects its mechanism. */
  readonly kind: string;
  /** ARN of the execution that holds the target. */
  readonly holder: string;
  readonly since: Instant;
  readonly expiresAt: Instant;
  /** When the execution started. The age of an alarm is counted from here. Absent: it is counted from `since`. */
  readonly takenUpAt?: Instant;
  /** Absent: neither an alarm nor an alert triggered it, or the stack counts no storms. */
  readonly storm?: InStorm;
  /** When Plan may read. Absent: at once. */
  readonly turn?: Turn;
}

export interface Claimed extends Requested {
  readonly execution: string;
  readonly claim: Claim;
}

/** The input of a plan. It needs no claim: a read-only plan does not claim the target. */
export interface Plannable {
  readonly request: Request;
  /** When the target was claimed, or when an operator asked for a read-only plan. */
  readonly since: Instant;
  /** The verdict that asked for another look. It knows the onset. */
  readonly verdict?: Pick<Verdict, 'since'>;
}

/** `claim` is absent in a read-only plan. */
export interface Judgeable extends Requested {
  readonly claim?: Claim;
  readonly plan: Plan;
  /** Present after a question ended. The plan is then made and judged again. */
  readonly approval?: Approval;
  /** The verdict that asked, or that wanted another look. */
  readonly verdict?: Verdict;
  readonly listened?: Listened;
}

/** The document from Stop on: there is a way back, and Lastgood may take it. */
export interface Planned<Memo = unknown> extends Claimed {
  readonly plan: Ready<Memo> | Joinable<Memo>;
  readonly verdict: Verdict;
  readonly approval?: Approval;
  readonly stopped?: Stopped;
  readonly reverted?: Reverted;
  readonly settled?: Settled;
  readonly gathered?: Gathered;
  readonly health?: Health;
  readonly paused?: HeldBack;
}

/** A planned rollback on one of its rungs: `rung` is an index of `plan.rungs`. */
export interface OnRung<Memo = unknown> extends Planned<Memo> {
  readonly rung: number;
}

/** A rollback whose way back was started. */
export interface InReversion<Memo = unknown> extends OnRung<Memo> {
  readonly reverted: Started;
}

/** A person's answer to a question. */
export interface Answer {
  readonly answer: 'approved' | 'denied';
  readonly by: string;
  readonly at: Instant;
  /** Hash of the plan that was answered (src/approvals/plan-hash.ts). Absent: the answer holds for any plan. */
  readonly plan?: string;
  /** When the plan may be made again, if many were approved together. Absent: at once. */
  readonly turn?: Turn;
}

/**
 * Added by Approve. `judge-again`: another trigger came while the question waited. An error is `States.Timeout` when
 * the countdown ended, and `HeardMore` when another trigger came before the question was asked.
 */
export type Approval =
  | Answer
  | { readonly answer: 'judge-again'; readonly at: Instant; readonly request: Heard }
  | { readonly Error: string; readonly Cause?: string };

/** Added by Listen: the number of triggers that came and were not judged, and the most important one. */
export type Listened =
  | { readonly unheard: number; readonly request?: Heard }
  | { readonly Error: string; readonly Cause?: string };

/** Added beside a wait: keys of the steps that were published (src/events/story.ts). */
export interface Looked {
  readonly published?: readonly string[] | { readonly Error: string; readonly Cause?: string };
}

/**
 * Added by Interrupt, in an execution that Claim refused. `judged-again`: the question of the holder was ended. `heard`:
 * the holder knows the trigger already. `too-often`: the trigger is judged when the countdown ends.
 */
export type Interrupted =
  | { readonly state: 'judged-again' | 'no-question' | 'heard' | 'too-often' }
  | { readonly Error: string; readonly Cause?: string };

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
   * person must change before anything can be deployed. `untouched`: nothing was changed on this rung.
   */
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly more: boolean;
      readonly turn?: Turn;
      readonly cure?: string;
      readonly untouched?: true;
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

/**
 * Added beside the wait for the way back. A Step Functions error in place of the evidence means that none came in time.
 * In place of both it means that they were too large for the document.
 */
export type Gathered =
  | {
      readonly evidence: Evidence | { readonly Error: string; readonly Cause?: string };
      /** Keys of the steps that were published (src/events/story.ts). */
      readonly published?: readonly string[] | { readonly Error: string; readonly Cause?: string };
    }
  | { readonly Error: string; readonly Cause?: string };

/** Added beside the wait for the next rung: keys of the steps that were published (src/events/story.ts). */
export type Announced = Looked;

/** Added beside the wait for the turn: keys of the steps that were published (src/events/story.ts). */
export type Awaited = Looked;

/** The slices of all states. Any slice may be missing, because every path and every error ends in Report. */
export interface Slices {
  readonly execution?: string;
  readonly claim?: Claim;
  readonly plan?: Plan;
  readonly verdict?: Verdict;
  readonly approval?: Approval;
  readonly listened?: Listened;
  readonly looked?: Looked;
  readonly interrupted?: Interrupted;
  readonly awaited?: Awaited;
  readonly stopped?: Stopped;
  readonly reverted?: Reverted;
  readonly settled?: Settled;
  readonly gathered?: Gathered;
  readonly announced?: Announced;
  readonly health?: Health;
  readonly paused?: HeldBack;
  /** Set by a Catch of the state machine: the error of a state that may not write, because Lastgood is paused. */
  readonly met?: { readonly Error: string; readonly Cause?: string };
  readonly outcome?: Outcome;
  /** Set by a Catch of the state machine: the error's name and, as JSON, its message. */
  readonly error?: { readonly Error: string; readonly Cause?: string };
}

/** The document with a request that can be read. */
export type Rollback = Requested & Slices;

/**
 * The document as Report receives it. After a failed Claim it holds only the error, and as `input` what the execution
 * was started with: anything at all.
 */
export type Reported = Slices & { readonly request?: unknown; readonly input?: unknown };

export type { Deployment, Evidence, Plan, Revision };
