import type { OutgoingEvent } from '../events/publish.ts';
import type { Claim } from '../rollback/document.ts';
import type { Denied } from '../rollback/earlier.ts';
import type { Measured } from '../rollback/measured.ts';
import type { Heard, Instant, Request } from '../rollback/request.ts';
import type { Outcome } from '../rollback/outcome.ts';

/** The most triggers that a record collects, so that a flapping alarm cannot exceed DynamoDB's 400 KB per item. */
export const MAX_TRIGGERS = 20;

/** The record of a rollback, while it runs and after its end. */
export interface RollbackRecord {
  readonly target: string;
  readonly execution: string;
  readonly startedAt: Instant;
  readonly request: Request;
  /** Triggers that came while this rollback held the target; the first MAX_TRIGGERS. */
  readonly alsoTriggeredBy: readonly Heard[];
  /** Ids of the revision at fault and of the one gone back to; absent if the rollback ended before it knew them. */
  readonly from?: string;
  readonly to?: string;
  /** What `to` deploys (`Deployment.content`). Absent: unknown. */
  readonly toContent?: string;
  /** AWS's id of the deployment that it went back with. Absent: it started none, or that is unknown. */
  readonly deployment?: string;
  /** Another deployment took its place while it ran. */
  readonly overtaken?: true;
  /** The person who answered its question with No. Absent: no person did. */
  readonly denied?: Denied;
  readonly outcome?: Outcome;
  /** Link to the report page, without credentials. Absent: the rollback has none, or runs. */
  readonly report?: string;
  /** Events that could not be published at the end. The sweep publishes them, then clears this field. */
  readonly unpublished?: readonly OutgoingEvent[];
  /** True if it was skipped, and the sweep has not redelivered the triggers that it refused yet. */
  readonly yields?: true;
  /** With `yields`: how many of `alsoTriggeredBy` it judged itself. The sweep does not start them again. */
  readonly judged?: number;
  /** What it waits for: a person's answer, or the end of a pause. Absent: it goes on, or is over. */
  readonly waitsFor?: 'answer' | 'pause';
  /** It may have written to AWS. Absent: it has not. */
  readonly writing?: true;
  /** True if no person and no tool requested it. */
  readonly automatic: boolean;
  /** When it reached its steps. Absent: its health was not proven, or AWS went back natively. */
  readonly measured?: Measured;
}

/** The end of a rollback, for its record. */
export interface Closing {
  readonly target: string;
  readonly execution: string;
  readonly from?: string;
  readonly to?: string;
  readonly toContent?: string;
  readonly deployment?: string;
  readonly overtaken?: true;
  readonly denied?: Denied;
  readonly outcome: Outcome;
  /** Link to the report page. Absent: the rollback has none. */
  readonly report?: string;
  /** Events that could not be published. The record stays open until they are. */
  readonly unpublished?: readonly OutgoingEvent[];
  /** True if the sweep must redeliver the triggers that it refused. The record stays open until the sweep has. */
  readonly yields?: true;
  readonly judged?: number;
  readonly measured?: Measured;
}

/** The claims: one execution at a time may roll a target back, until its claim expires. */
export interface Claims {
  /**
   * Claims the target and opens its record. A retry by the holder returns the same claim.
   * @throws TargetClaimed if another execution holds the target; the request is appended to that execution's record,
   * unless it is a rehearsal, which needs no rollback
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
   * Fences a write, or a poll that a write or a proof may follow. Succeeds only while the execution holds the target,
   * and then renews the claim for CLAIM_HOURS.
   * @throws ClaimLost
   */
  hold(target: string, execution: string, now: Instant): Promise<void>;
  /** Records that the execution may write to AWS from now on. Returns false if that was recorded before. */
  markWriting(target: string, execution: string): Promise<boolean>;
  /** Records what an execution waits for, for people who list the rollbacks. Null: it goes on. */
  waitFor(target: string, execution: string, what: 'pause' | null): Promise<void>;
  /** Takes the mark back, because AWS refused every write. */
  clearWriting(target: string, execution: string): Promise<void>;
  /** Says whether the execution may have written to AWS. True without a record, because then nothing is known. */
  mayHaveWritten(target: string, execution: string): Promise<boolean>;
  /** Closes the record with its outcome, and releases the target if the execution holds it. Idempotent. */
  close(closing: Closing): Promise<void>;
  /** Returns the records of a target that began at or after `since`, newest first. */
  records(target: string, since: Instant): Promise<readonly RollbackRecord[]>;
  /** Returns the record of one execution, or null. */
  record(target: string, execution: string): Promise<RollbackRecord | null>;
  /**
   * Returns the open records that began before `before`, oldest first. A record is open without an outcome, because its
   * execution runs or ended without Report. With an outcome it is open while the sweep has something left to do for it.
   */
  open(before: Instant, limit: number): Promise<readonly RollbackRecord[]>;
  /** Finishes a record after all its events are published and the triggers that it refused are redelivered. */
  finish(target: string, execution: string): Promise<void>;
  /**
   * Stores the task token of a question until `expiresAt`. Renews the claim beyond that, so that the answer can be
   * acted on.
   * @throws ClaimLost
   * @throws HeardMore if another trigger was recorded since the judgement, and may still interrupt
   */
  ask(target: string, execution: string, token: string, expiresAt: Instant, about: AskedAbout): Promise<void>;
}

/** The subject of a question, with which its answer is compared. */
export interface AskedAbout {
  /** Hash of the plan (src/approvals/plan-hash.ts). */
  readonly plan: string;
  /** Number of people who must agree, the requester included. */
  readonly approvals: 1 | 2;
  /** Distinguishes the question from an earlier one about the same plan. */
  readonly askedAt: Instant;
  /** Number of triggers in `alsoTriggeredBy` that the judge knew. Only a later one may interrupt. */
  readonly heard: number;
  /** Number of questions of this rollback that a later trigger ended. */
  readonly again: number;
}
