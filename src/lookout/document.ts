import type { Meter, Revision, Tags } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Series } from '../rollback/facts.ts';
import type { Counters } from './counters.ts';

/**
 * The document of a lookout, which travels through the states of the machine `lookout`. Each state adds or replaces one
 * slice: Sides `sides`, Look `look`, Weigh `weighed`, Accuse `accused`.
 */
export interface Followed {
  /** The kind of the target, which selects its mechanism. */
  readonly kind: string;
  readonly target: string;
  /** AWS's id of the deployment, as the event or the sweep has it. */
  readonly deployment: string;
  /** When the deployment began, or when it was first seen. */
  readonly startedAt: Instant;
  /** ARN of the execution that follows it. */
  readonly execution?: string;
  readonly sides?: Sides;
  readonly look?: Look;
  readonly weighed?: Weighed;
  /** The error that a state ended with, as Step Functions names it. Absent: none did. */
  readonly error?: { readonly Error?: string };
}

/** One side of a deployment: what runs, and where its traffic arrives. */
export interface Side {
  readonly revision: Revision;
  /** ARNs of the target groups of its targets. Empty: there is none, or the kind shows none. */
  readonly groups: readonly string[];
  /** How many targets it is to have. Absent: unknown. */
  readonly wanted?: number;
}

/** A deployment with its sides. */
export interface BothSides {
  readonly state: 'sides';
  readonly at: Instant;
  /** AWS's id of the deployment, as the plan of a rollback names it. */
  readonly deployment: string;
  readonly startedAt: Instant;
  /** Absent: it is in flight. */
  readonly finishedAt?: Instant;
  readonly newer: Side;
  readonly older: Side;
  /** Its release may still hurt until this deployment ends, which may be the fix. Absent: there is none. */
  readonly over?: Revision;
  /**
   * The CloudWatch metrics. Those with the revision of a side measure that side alone, those without one measure the
   * whole target.
   */
  readonly meters: readonly Meter[];
  /**
   * AWS divides the traffic between both sides since the shift began, as of `at`: a canary, a linear shift. Absent: the
   * sides may follow each other.
   */
  readonly divided?: true;
  /**
   * When traffic of users moved to the newer side: after one reading and by another. Without `by` it takes none yet.
   * Absent: unknown, or it took traffic from its first healthy target on.
   */
  readonly shift?: { readonly after: Instant; readonly by?: Instant };
  /** The AWS tags of the target. */
  readonly tags: Tags;
  /** URLs that reach only the newer side before it takes traffic of users, by a test listener. */
  readonly testProbes?: readonly string[];
  /** The deployment waits for an answer at this pause. */
  readonly pause?: Pause;
}

/** A lifecycle hook at which a deployment waits for CONTINUE or ROLLBACK. */
export interface Pause {
  readonly hook: string;
  readonly stage: string;
  /** No user meets the newer side yet. Absent: some do. */
  readonly isBefore?: true;
  /** Absent: AWS names no time at which the pause ends natively. */
  readonly endsAt?: Instant;
}

/** There is nothing to follow, or no longer. `reason` is a sentence. */
export interface NoSides {
  readonly state: 'none';
  readonly at: Instant;
  readonly reason: string;
  /** The target that has the sides: CodeDeploy deploys a service of ECS. Absent: none has. */
  readonly instead?: { readonly kind: string; readonly target: string };
  /** The sides that were followed until then. Absent: none were. */
  readonly were?: FollowedSides;
  /** AWS does not list the deployment yet, of which an event has just said that it began: Sides is asked again. */
  readonly isEarly?: true;
}

/** What is recorded of the sides at the end of a lookout. */
export type FollowedSides = Pick<BothSides, 'newer' | 'older' | 'tags'>;

/** Added by Sides. */
export type Sides = BothSides | NoSides;

/** The answers of some probes of one look. */
export interface Probed {
  /** `users`: they went where the traffic of users goes. `newer`: they reached only the newer side. */
  readonly through: 'users' | 'newer';
  readonly sent: number;
  /** Answered with another status than 2xx, or not at all. */
  readonly failed: number;
  /** Answered with 2xx, and far later than before the deployment. */
  readonly slow: number;
  /** Median of the seconds of the answers; null: none was answered. */
  readonly seconds: number | null;
}

/** The targets in the groups of one side. */
export interface Targets {
  readonly side: 'newer' | 'older';
  /** Ids that take traffic or may soon. */
  readonly healthy: readonly string[];
  readonly unhealthy: readonly string[];
  readonly others: number;
}

/** A task or an instance that stopped abnormally. */
export interface Stop {
  readonly at: Instant;
  readonly side: 'newer' | 'older';
  /** `crash`: it exited, or could not start. `health`: it failed its health checks. */
  readonly kind: 'crash' | 'health';
  /** As AWS says it: `checkout exited with 137`. */
  readonly says: string;
}

/** Minutes of one side, or of the whole target. `values[k]` is the minute k of the series. */
export interface Minutes {
  readonly of: 'newer' | 'older' | 'whole';
  readonly requests: Series | null;
  readonly errors: Series | null;
  /** p95 in seconds. */
  readonly latency: Series | null;
}

/** Added by Look. What was not due stays as the look before saw it. */
export interface Look {
  readonly at: Instant;
  readonly probes: readonly Probed[];
  readonly stops: readonly Stop[];
  /** Absent: not read yet. */
  readonly targets?: readonly Targets[];
  readonly targetsAt?: Instant;
  readonly minutes?: readonly Minutes[];
  readonly minutesAt?: Instant;
  /** What could not be read, one line each. */
  readonly missing: readonly string[];
  /** Another deployment of the target is followed by another execution. */
  readonly supersededBy?: string;
}

/** Added by Weigh. */
export type Weighed = {
  readonly at: Instant;
  readonly counters: Counters;
  /** Sentences in plain words: why it accuses, waits or ends. */
  readonly says: readonly string[];
} & (
  | { readonly state: 'wait' | 'wait-for-sides'; readonly seconds: number }
  /** `since`: the first moment of the harm that it saw. */
  | { readonly state: 'accuse'; readonly since: Instant; readonly by: 'control' | 'persistence' }
  /** The deployment waits at a pause, and the newer side looks good. */
  | { readonly state: 'pass'; readonly pause: Pause }
  /** The deployment waits at a pause for longer than the lookout may wait, and it cannot say. */
  | { readonly state: 'ask'; readonly pause: Pause }
  | { readonly state: 'end'; readonly quiet: boolean }
);
