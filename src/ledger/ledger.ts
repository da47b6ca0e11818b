import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';

/** A revision as the ledger keeps it. */
export interface KeptRevision extends Revision {
  /** What it deploys, as in `Deployment.content`. Absent: unknown, or recorded before the ledger kept it. */
  readonly content?: string;
}

/** A completed deployment, whose revision is not looked up yet. */
export interface ObservedRevision {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  readonly completedAt: Instant;
  /** The sight before, at which it was not there yet, if AWS keeps no times. Absent: AWS does, or no sight is known. */
  readonly notBefore?: Instant;
  readonly soakUntil: Instant;
  /** Names of alarms that were in ALARM during its soak. They too must stay OK through one. */
  readonly suspects?: readonly string[];
  /** Names of alarms that accused it and were deleted later. It soaks without them from then on. */
  readonly deleted?: readonly string[];
}

/**
 * An entry of the ledger.
 * - candidate: a completed deployment whose soak is not over. The sweep looks up its revision after the soak.
 * - observed: a completed deployment whose soak is over, proven or not. It shows for 30 days what ran when.
 * - proven: a revision whose deployment completed and stayed quiet through its soak. Only such a one is last known
 *   good.
 * - condemned: a revision that was at fault once. It is never last known good again.
 */
export type Entry =
  | ({ readonly state: 'candidate' | 'observed' } & ObservedRevision)
  | {
      readonly state: 'proven';
      readonly target: string;
      readonly revision: KeptRevision;
      readonly completedAt: Instant;
      readonly provenAt: Instant;
      readonly evidence: readonly string[];
    }
  | {
      readonly state: 'condemned';
      readonly target: string;
      readonly revision: KeptRevision;
      readonly condemnedAt: Instant;
      readonly evidence: readonly string[];
      readonly execution: string;
    };

/** The ledger of revisions. All writes are conditional: no write overwrites `condemned`. */
export interface Ledger {
  /** Returns all entries of a target, newest first by the time they completed or were condemned. */
  entries(target: string): Promise<readonly Entry[]>;
  /** Records a completed deployment. Idempotent, also after it was settled. */
  observe(observed: ObservedRevision): Promise<void>;
  /** Returns observed revisions whose soak is over, at most `limit`, oldest first. */
  soaked(now: Instant, limit: number): Promise<readonly ObservedRevision[]>;
  /**
   * Moves the end of an observed revision's soak, because the target's own soak is longer, or because it is not known
   * yet whether it was quiet. Stores its suspects and deleted alarms.
   */
  wait(observed: ObservedRevision, until: Instant): Promise<void>;
  /** Settles an observed revision with a proven revision. A condemned revision stays condemned. */
  prove(
    observed: ObservedRevision,
    revision: KeptRevision,
    at: Instant,
    evidence: readonly string[],
  ): Promise<void>;
  /**
   * Settles an observed revision that can never be proven: it was at fault, or AWS does not know its revision any more.
   */
  forget(observed: ObservedRevision): Promise<void>;
  /** Condemns a revision for good. Keeps the evidence of an earlier condemnation. */
  condemn(
    target: string,
    revision: KeptRevision,
    at: Instant,
    evidence: readonly string[],
    execution: string,
  ): Promise<void>;
}
