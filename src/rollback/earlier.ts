import type { Known } from './course.ts';
import type { OutcomeState } from './outcome.ts';
import type { Instant } from './request.ts';

/** An earlier rollback of the same target. */
export interface Earlier {
  readonly execution: string;
  readonly automatic: boolean;
  /** When its trigger turned, failed or asked. Absent: an operator started the machine by hand. */
  readonly triggeredAt?: Instant;
  readonly startedAt: Instant;
  /** Absent when it ended without a report. */
  readonly ended?: { readonly at: Instant; readonly as: OutcomeState };
  /** Id of the revision that it went back from, if it made a plan. */
  readonly from?: string;
  /** What it went back to, if it made a plan. */
  readonly to?: Known;
  /** The person who answered its question with No. Absent: no person did. */
  readonly denied?: Denied;
  /** AWS's id of the deployment that it went back with. Absent: it started none, or that is unknown. */
  readonly deployment?: string;
  /** Another deployment took its place while it ran. */
  readonly isOvertaken?: true;
  /** The way of a rehearsal. Absent: it was none. */
  readonly rehearsal?: 'back' | 'forward';
  /** The execution that went back, if this is the way forward after it. */
  readonly after?: string;
}

/** A proven revision that was accused, and the end of that rollback, which had no decision. */
export interface Accused {
  /** Its id. */
  readonly revision: string;
  readonly at: Instant;
}

/** A person's No to a plan. */
export interface Denied {
  readonly by: string;
  readonly at: Instant;
}
