import type { Heard, Instant, Request } from './request.ts';
import type { Deployment, Plan, Ready, Joinable, Revision, Watch } from './plan.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import type { Verdict } from './verdict.ts';

/**
 * The Rollback: one document that travels through the states. Each state adds one slice and rewrites none of the others;
 * a state that looks again replaces only its own. The types follow the states: what a state gets is what those before
 * it left.
 */
export interface Requested {
  readonly request: Request;
  /** ARN of the Step Functions execution; absent only before Claim. */
  readonly execution?: string;
}

/** Added by Claim. */
export interface Claim {
  /** The target's kind: which mechanism knows it. */
  readonly kind: string;
  /** ARN of the execution that holds the target. */
  readonly holder: string;
  readonly since: Instant;
  readonly expiresAt: Instant;
  /** When the execution started: the age of an alarm counts from here. Absent: it counts from `since`. */
  readonly takenUpAt?: Instant;
}

export interface Claimed extends Requested {
  readonly execution: string;
  readonly claim: Claim;
}

/** What a plan is made from. It needs no claim: a person who only looks holds nothing. */
export interface Plannable {
  readonly request: Request;
  /** When the target was claimed, or when a person looks. */
  readonly since: Instant;
  /** The one that wanted another look, which knows since when it hurts. */
  readonly verdict?: Pick<Verdict, 'since'>;
}

/** `claim` is absent where a person only looks. */
export interface Judgeable extends Requested {
  readonly claim?: Claim;
  readonly plan: Plan;
  /** There after a question ended: the plan is made and judged again. */
  readonly approval?: Approval;
  /** The one that asked, or wanted another look. */
  readonly verdict?: Verdict;
  readonly listened?: Listened;
}

/** What every state from Stop on can rely on: there is something to go back to, and we may. */
export interface Planned<Memo = unknown> extends Claimed {
  readonly plan: Ready<Memo> | Joinable<Memo>;
  readonly verdict: Verdict;
  readonly approval?: Approval;
  readonly stopped?: Stopped;
  readonly reverted?: Reverted;
  readonly settled?: Settled;
  readonly health?: Health;
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
  /** Hash of the plan that was answered (src/approvals/plan-hash.ts); absent: whatever the plan is. */
  readonly plan?: string;
}

/**
 * Added by Approve. `judge-again`: another trigger came while the question waited. An error: `States.Timeout` when the
 * countdown ended, `HeardMore` when another trigger came before the question could be asked.
 */
export type Approval =
  | Answer
  | { readonly answer: 'judge-again'; readonly at: Instant; readonly request: Heard }
  | { readonly Error: string; readonly Cause?: string };

/** Added by Listen: how many triggers came that were not judged, and the most important of them. */
export type Listened =
  | { readonly unheard: number; readonly request?: Heard }
  | { readonly Error: string; readonly Cause?: string };

/** Added beside the wait for another look: keys of the steps that were published (src/events/story.ts). */
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
  /** The rollout is frozen and stays where it is. */
  | { readonly state: 'stopped'; readonly at: Instant; readonly deployment: string }
  /** Stopping it already brings the old revision back: Revert joins. */
  | { readonly state: 'reverting'; readonly at: Instant; readonly deployment: string }
  /** Nothing was in flight. */
  | { readonly state: 'not-running' }
  /** Stopping would bring back something other than the last known good; the revert itself supersedes the rollout. */
  | { readonly state: 'left-to-revert'; readonly deployment: string; readonly reason: string };

/** A way back was started, or one that already ran was joined. */
export interface Started {
  readonly state: 'started' | 'joined';
  readonly rung: number;
  readonly at: Instant;
  /** AWS's id of the deployment that goes back; Settle follows this one and no other. */
  readonly deployment: string;
  /** When this rung must have settled; after that the next rung is tried. */
  readonly settleBy: Instant;
  /** The rungs tried before this one, and why each was left. */
  readonly left: readonly LeftRung[];
}

export interface LeftRung {
  readonly rung: number;
  readonly reason: string;
}

/**
 * Added by Revert. `failed`: this rung could not even be started; `left` includes it; `more`: there is another; `touched`:
 * it or a rung before it wrote something, or may have.
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
    };

/**
 * What a mechanism's `revert` answers; the rung's bookkeeping is added by the step. `touched`: a write went through, in
 * this try or in an earlier one, before the one that was refused.
 */
export type RevertResult =
  | { readonly state: 'started' | 'joined'; readonly deployment: string }
  | { readonly state: 'failed'; readonly reason: string; readonly touched?: true };

/** Added by Settle: one poll of the way back. Settle polls again before each poll of Verify. */
export type Settled =
  /** `at`: since when it has been settled at every poll. */
  | (Arrival & { readonly at: Instant })
  | {
      readonly state: 'pending';
      readonly summary: string;
      readonly polls: number;
      readonly pollAgainInSeconds: number;
    }
  /** The way back waits for its next write: Revert comes again on the same rung. Capacity before weight needs this. */
  | { readonly state: 'due'; readonly summary: string }
  /** This rung failed or ran out of time; `more`: there is another. */
  | { readonly state: 'failed'; readonly reason: string; readonly more: boolean }
  /** A newer deployment took over. It may be the fix: it is let through, and a person is told. */
  | { readonly state: 'overtaken'; readonly by: string; readonly reason: string };

/** The way back is at its end, by AWS's own account. */
export interface Arrival {
  readonly state: 'settled';
  readonly summary: string;
  /** What carries the traffic now, where nobody could name it before; absent: the target groups of the plan. */
  readonly targetGroups?: Watch['targetGroups'];
  /** AWS went back by itself: it was not told to, or only after it had begun. */
  readonly byItself?: true;
}

/** What a mechanism's `settled` answers; the count of polls and the wait are added by the step. */
export type Poll =
  | Arrival
  | { readonly state: 'pending'; readonly summary: string }
  /** What the next write of the same rung waited for is there: `revert` is called again, and finds what was done. */
  | { readonly state: 'due'; readonly summary: string }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'overtaken'; readonly by: string; readonly reason: string };

/** Added beside the first wait: what going back would have destroyed. Each source answers or says why it could not. */
export interface Evidence {
  readonly at: Instant;
  readonly found: readonly { readonly source: string; readonly lines: readonly string[] }[];
  readonly missing: readonly { readonly source: string; readonly reason: string }[];
}

/** Added beside the wait for the way back, where a Step Functions error stands for what did not come in time. */
export interface Gathered {
  readonly evidence: Evidence | { readonly Error: string; readonly Cause?: string };
  /** Keys of the steps that were published (src/events/story.ts). */
  readonly published?: readonly string[] | { readonly Error: string; readonly Cause?: string };
}

/** What the states add: any slice may be missing, because every path and every error ends in Report. */
export interface Slices {
  readonly execution?: string;
  readonly claim?: Claim;
  readonly plan?: Plan;
  readonly verdict?: Verdict;
  readonly approval?: Approval;
  readonly listened?: Listened;
  readonly looked?: Looked;
  readonly interrupted?: Interrupted;
  readonly stopped?: Stopped;
  readonly reverted?: Reverted;
  readonly settled?: Settled;
  readonly gathered?: Gathered;
  readonly health?: Health;
  readonly outcome?: Outcome;
  /** Set by a Catch of the state machine: the error's name and, as JSON, its message. */
  readonly error?: { readonly Error: string; readonly Cause?: string };
}

/** The document with a request that can be read. */
export type Rollback = Requested & Slices;

/** The document as Report gets it: a machine started by hand may have been given anything for a request. */
export type Reported = Slices & { readonly request?: unknown };

export type { Deployment, Plan, Revision };
