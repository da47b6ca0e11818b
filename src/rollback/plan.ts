import type { Progress } from './progress.ts';
import type { Instant } from './request.ts';

/** What a deployment deploys, in AWS's own terms. */
export interface Revision {
  /** AWS's id: for ecs the ARN of the service revision. Equal ids mean the same revision, and nothing else does. */
  readonly id: string;
  /** How a person names it: `checkout:42`. */
  readonly name: string;
}

/** One rollout, running or done. */
export interface Deployment {
  readonly id: string;
  readonly state: 'in-flight' | 'completed' | 'failed' | 'rolling-back';
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  /** The revision it deploys. */
  readonly revision: Revision;
  /** Equal text: equal configuration, and equal images by digest. Absent: AWS no longer says what it deployed. */
  readonly content?: string;
  /** What differs from what it replaced, one line each (`changesBetween`). Absent: not known; empty: a restart. */
  readonly changes?: readonly string[];
  /** True when it is itself a way back, ours or AWS's: it is never rolled back. */
  readonly isRollback: boolean;
  /** It stayed quiet through its soak. */
  readonly isProven?: true;
  /** It failed and AWS left it where it was: what it brought so far still takes traffic. */
  readonly remains?: true;
  /** While it is in flight. Absent: not known, or not asked for. */
  readonly progress?: Progress;
}

/** One way to go back, fastest safe one first. */
export interface Rung {
  /** Stable name within the kind: `stop-deployment`, `redeploy`. */
  readonly name: string;
  /** What it does, as a person would say it. */
  readonly does: string;
  /** Seconds within which it must have settled, or the next rung is tried. */
  readonly withinSeconds: number;
}

/** What Verify looks at. Nothing listed means that nothing can be proven there. */
export interface Watch {
  readonly targetGroups: readonly { readonly arn: string; readonly wanted: number }[];
  /** Names of the alarms that must be OK. */
  readonly alarms: readonly string[];
  /** URLs that must answer with a 2xx status. */
  readonly probes: readonly string[];
  /** The cluster and service whose stopped tasks are evidence; ECS only. */
  readonly tasks?: { readonly cluster: string; readonly service: string };
}

/** How many of a target's last deployments a plan holds. Twenty deployments a day are many; an incident is younger than ten of them. */
export const MAX_RECENT_DEPLOYMENTS = 12;

/**
 * A metric of CloudWatch that says how a target is: requests and errors as sums, latency as p95 in seconds, CPU and memory
 * in percent, healthy targets as a minimum.
 */
export interface Meter {
  readonly metric: 'requests' | 'errors' | 'latency' | 'cpu' | 'memory' | 'healthyHosts';
  readonly namespace: string;
  readonly name: string;
  readonly stat: string;
  /** All of its dimensions; of load balancers the target group is enough. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Id of the revision that alone is measured. Absent: the whole target is. */
  readonly revision?: string;
}

/** The target's AWS tags, as they are. `readSettings` reads what concerns us. */
export type Tags = Readonly<Record<string, string>>;

interface Seen {
  readonly at: Instant;
  readonly tags: Tags;
  /**
   * What runs, where the deployment does not say it: there is none, or it failed and something else runs. Only ever told.
   */
  readonly runs?: Revision;
  /** The newest deployment, running or done. */
  readonly deployment?: Deployment;
  /** The last deployments, newest first, `deployment` among them: at most MAX_RECENT_DEPLOYMENTS. Absent: only that one is known. */
  readonly recent?: readonly Deployment[];
  /** Where CloudWatch keeps the target's numbers. Absent: not known. */
  readonly meters?: readonly Meter[];
  /** What the revision at fault reads when it starts: ARNs or names of secrets and parameters. */
  readonly reads?: readonly string[];
}

interface WithRoute<Memo> extends Seen {
  readonly watch: Watch;
  /** Where the last known good was found. */
  readonly source: 'ledger' | 'deployments' | 'request';
  /** What runs now, or is being rolled out. It is the revision at fault unless `suspect` is another. */
  readonly from: Revision;
  /** The revision at fault where something newer took its place since: a way back or a fix. */
  readonly suspect?: Revision;
  /** Where we go back to. */
  readonly to: Revision;
  /** Tags of the revision at fault: a barrier (`lastgood:irreversible`) stands here. */
  readonly fromTags: Tags;
  readonly rungs: readonly [Rung, ...Rung[]];
  /** What a person should know of this choice: newer revisions passed over and why, what could not be checked. */
  readonly notes?: readonly string[];
  /** What differs between the two revisions, one line each, as far as AWS says it; absent: that is not known. */
  readonly changes?: readonly string[];
  /** What the mechanism remembers between its verbs. Only the mechanism reads it. */
  readonly memo: Memo;
}

/** There is a way back. */
export interface Ready<Memo = unknown> extends WithRoute<Memo> {
  readonly state: 'ready';
}

/** AWS is already going back by itself: watch and verify, never fight it. */
export interface Joinable<Memo = unknown> extends WithRoute<Memo> {
  readonly state: 'join';
}

/** Nothing is wrong with what runs, or it already is the last known good. */
export interface NothingToDo extends Seen {
  readonly state: 'nothing-to-do';
  readonly reason: string;
}

/** Something is wrong and there is no way back that we may or can take. */
export interface NoWayBack extends Seen {
  readonly state: 'no-way-back';
  readonly reason: string;
}

/** Added by Plan. Read only: making one changes nothing. */
export type Plan<Memo = unknown> = Ready<Memo> | Joinable<Memo> | NothingToDo | NoWayBack;
