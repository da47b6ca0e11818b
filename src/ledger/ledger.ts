import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';

/** A deployment that was seen to complete, before anybody looked up which revision it deployed. */
export interface ObservedRevision {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  readonly completedAt: Instant;
  readonly soakUntil: Instant;
  /** Names of the alarms that were found red during its soak: they, too, must be OK through one. */
  readonly suspects?: readonly string[];
  /** Names of the alarms that accused it and were then found deleted: from then on it soaks without them. */
  readonly deleted?: readonly string[];
}

/**
 * What is recorded of a target.
 * - candidate: a deployment completed; its soak is not over. Which revision it deployed is looked up when it is.
 * - observed: a deployment completed, and its soak is over, proven or not. It says what ran when, for 30 days.
 * - proven: the revision's deployment completed and stayed quiet through its soak. Only such a one is last known good.
 * - condemned: the revision was at fault once. It is never last known good again, whatever comes later.
 */
export type Entry =
  | ({ readonly state: 'candidate' | 'observed' } & ObservedRevision)
  | {
      readonly state: 'proven';
      readonly target: string;
      readonly revision: Revision;
      readonly completedAt: Instant;
      readonly provenAt: Instant;
      readonly evidence: readonly string[];
    }
  | {
      readonly state: 'condemned';
      readonly target: string;
      readonly revision: Revision;
      readonly condemnedAt: Instant;
      readonly evidence: readonly string[];
      readonly execution: string;
    };

/** Where revisions are recorded. All writes are conditional: nothing overwrites `condemned`. */
export interface Ledger {
  /** All entries of a target, newest first by the time they completed or were condemned. */
  entries(target: string): Promise<readonly Entry[]>;
  /** Records that a deployment completed. Seen before, settled or not: nothing changes. */
  observe(observed: ObservedRevision): Promise<void>;
  /** Observed revisions whose soak is over. At most `limit`, oldest first. */
  soaked(now: Instant, limit: number): Promise<readonly ObservedRevision[]>;
  /**
   * Moves the end of an observed revision's soak: the target's own soak is longer, or nobody can say yet whether it was quiet. Keeps
   * its suspects, and which alarms were deleted.
   */
  wait(observed: ObservedRevision, until: Instant): Promise<void>;
  /** Settles an observed revision with a proven revision. A condemned revision stays condemned. */
  prove(
    observed: ObservedRevision,
    revision: Revision,
    at: Instant,
    evidence: readonly string[],
  ): Promise<void>;
  /** Settles an observed revision that can never be proven (its revision was at fault, or is unknown to AWS by now). */
  forget(observed: ObservedRevision): Promise<void>;
  /** Marks a revision as bad for good. Condemned before: the first evidence stays. */
  condemn(
    target: string,
    revision: Revision,
    at: Instant,
    evidence: readonly string[],
    execution: string,
  ): Promise<void>;
}
