import type { OutgoingEvent } from '../events/publish.ts';
import type { Claim } from '../rollback/document.ts';
import type { Heard, Instant, Request } from '../rollback/request.ts';
import type { Outcome } from '../rollback/outcome.ts';

/** How many triggers a record collects: a flapping alarm must not make an item grow to DynamoDB's 400 KB. */
export const MAX_TRIGGERS = 20;

/** What is remembered of a rollback after it ended, and what a claim knows while it runs. */
export interface RollbackRecord {
  readonly target: string;
  readonly execution: string;
  readonly startedAt: Instant;
  readonly request: Request;
  /** Triggers that came while this rollback held the target; the first MAX_TRIGGERS. */
  readonly alsoTriggeredBy: readonly Heard[];
  /** Ids of the revision at fault and of the one gone back to; absent when it never came so far. */
  readonly from?: string;
  readonly to?: string;
  readonly outcome?: Outcome;
  /** Events that could not be published at the end. The sweep publishes them, then clears this field. */
  readonly unpublished?: readonly OutgoingEvent[];
  /** True: it was skipped, and those that it turned away are still to be taken up. */
  readonly yields?: true;
  /** With `yields`: how many of `alsoTriggeredBy` it judged itself. The sweep does not start them again. */
  readonly judged?: number;
  /** True when no person and no tool asked for it. */
  readonly automatic: boolean;
}

/** How a rollback ended, for its record. */
export interface Closing {
  readonly target: string;
  readonly execution: string;
  readonly from?: string;
  readonly to?: string;
  readonly outcome: Outcome;
  /** Events that could not be published. The record stays open until they are. */
  readonly unpublished?: readonly OutgoingEvent[];
  /** Those that it turned away are to be taken up: the record stays among the open ones until they are. */
  readonly yields?: true;
  readonly judged?: number;
}

/** The right to roll one target back, held by one execution, with an expiry. */
export interface Claims {
  /**
   * Takes the target and opens its record. The holder may take it again (a retry): same answer.
   * @throws TargetClaimed when another execution holds it; the request was appended to that one's record
   */
  take(
    target: string,
    kind: string,
    execution: string,
    request: Request,
    now: Instant,
    takenUpAt?: Instant,
  ): Promise<Claim>;
  /**
   * Fences a write, or a look that a write or a proof may follow: succeeds only while we hold the target, and then holds
   * it for another CLAIM_HOURS.
   * @throws ClaimLost
   */
  hold(target: string, execution: string, now: Instant): Promise<void>;
  /** Closes the record with its outcome and lets the target go, if we hold it. Closing twice changes nothing. */
  close(closing: Closing): Promise<void>;
  /** The records of a target that began at or after `since`, newest first. */
  records(target: string, since: Instant): Promise<readonly RollbackRecord[]>;
  /** The record of one execution, or null. */
  record(target: string, execution: string): Promise<RollbackRecord | null>;
  /**
   * Records that began before `before` and are not done with, oldest first: without an outcome, because their execution
   * runs or ended without Report, or with something that is left to do.
   */
  open(before: Instant, limit: number): Promise<readonly RollbackRecord[]>;
  /** Nothing is left to do: all events are published, and the triggers that it turned away are judged. */
  finish(target: string, execution: string): Promise<void>;
  /**
   * Keeps the task token of a question until `expiresAt`, and holds the target until it can have been acted on.
   * @throws ClaimLost
   * @throws HeardMore when another trigger was recorded since the judgement, and may still interrupt
   */
  ask(target: string, execution: string, token: string, expiresAt: Instant, about: AskedAbout): Promise<void>;
}

/** What a question is about, so that its answer can be held against it. */
export interface AskedAbout {
  /** Hash of the plan (src/approvals/plan-hash.ts). */
  readonly plan: string;
  /** How many people it takes, the one who asked for the rollback included. */
  readonly approvals: 1 | 2;
  /** Tells the question from an earlier one about the same plan. */
  readonly askedAt: Instant;
  /** How many of `alsoTriggeredBy` the judge knew: only a later one may interrupt. */
  readonly heard: number;
  /** How many questions of this rollback were ended by a later trigger. */
  readonly again: number;
}
