import type { Heard, Instant, Request } from './request.ts';
import type { Evidence } from './evidence.ts';
import type { Deployment, Plan, Ready, Joinable, Revision } from './plan.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import type { HeldBack } from './pause.ts';
import type { InStorm } from './storm/arrivals.ts';
import type { Turn } from './turn.ts';
import type { Verdict } from './verdict.ts';
import type {
  AwaitedEnd,
  Arrival,
  LeftRung,
  Pending,
  Reverted,
  Settled,
  Started,
  Stopped,
} from './way-back.ts';

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
  /**
   * A change that the ledger does not know began before this. It is when the target was claimed, because throttled calls delay a plan
   * by minutes. For a plan that is made again or only read it is now: the target may have changed since the claim.
   */
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

/** Added by Review: what Lastgood saw when a question had got no answer. */
export interface Review {
  readonly at: Instant;
  /** Whole sentences: how the harm is, and what has become of the way back. */
  readonly says: string;
}

/** An error means that Lastgood could not look. */
export type Reviewed = Review | { readonly Error: string; readonly Cause?: string };

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
  readonly reviewed?: Reviewed;
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

/** The slices of the way back. */
export type { AwaitedEnd, Arrival, LeftRung, Pending, Reverted, Settled, Started, Stopped };
