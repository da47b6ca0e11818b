import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';

/** A lookout that follows a deployment of a target. A later deployment takes its place. */
export interface Following {
  readonly target: string;
  readonly execution: string;
  /** AWS's id of the deployment. */
  readonly deployment: string;
  readonly startedAt: Instant;
  /** The id of the deployment in plans. Two events may name one deployment by two ids. */
  readonly planned: string;
}

/** A task that stopped abnormally, as an event of AWS names it. */
export interface NotedStop {
  /** ARN of the task. A redelivered event has the same. */
  readonly id: string;
  readonly at: Instant;
  /** AWS's id of the deployment or task set that started it. */
  readonly startedBy: string;
  /** Name of its task definition: `checkout:42`. */
  readonly definition: string;
  /** `crash`: it exited, or could not start. `health`: it failed its health checks. */
  readonly kind: 'crash' | 'health';
  /** A phrase without a full stop. */
  readonly says: string;
}

/** The answer to a renewed lease. */
export interface Kept {
  readonly stops: readonly NotedStop[];
  /** The deployment that another execution follows instead. Absent: the lease is held. */
  readonly supersededBy?: string;
}

/** What became of a deployment that was followed. */
export interface LookedAt {
  readonly target: string;
  readonly deployment: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** The revision that was deployed, and the one before, with which it was compared. Absent: the sides were never read. */
  readonly revision?: Revision;
  readonly older?: Revision;
  readonly mode: 'observe' | 'act';
  /** Minutes after the deployment in which an alarm accuses it (`lastgood:window`). Absent: the sides were never read. */
  readonly windowMinutes?: number;
  readonly looks: number;
  /**
   * - accused: it saw harm.
   * - quiet: it compared through the soak, and saw none.
   * - unclear: it could not compare enough.
   * - ended: there was nothing to follow any more, as `says` explains.
   */
  readonly state: 'accused' | 'quiet' | 'unclear' | 'ended';
  /** When it accused. */
  readonly accusedAt?: Instant;
  readonly says: readonly string[];
}

/** What is known of the lookouts of a target. */
export interface KnownLookouts {
  /** Newest first. */
  readonly ended: readonly LookedAt[];
  /** When the deployment began that a lookout follows now. Null: none is followed. */
  readonly followsSince: Instant | null;
}

/** Leases of lookouts, the stops that they wait for, and what became of them. */
export interface Lookouts {
  /**
   * Takes or renews the lease. A lookout of an earlier deployment cannot take it back, and a second one of the same
   * deployment cannot take it while the first one looks.
   */
  keep(following: Following, now: Instant): Promise<Kept>;
  /** Records the end, and gives the lease back. */
  end(following: Omit<Following, 'planned'>, looked: LookedAt): Promise<void>;
  /** Returns what was recorded of a target since an instant, newest first. */
  since(target: string, since: Instant): Promise<readonly LookedAt[]>;
  /** Returns the same, and whether a lookout follows the target now. One read. */
  known(target: string, since: Instant): Promise<KnownLookouts>;
}
