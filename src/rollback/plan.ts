import type { LikelyCause } from './evidence.ts';
import type { Progress } from './progress.ts';
import type { Instant } from './request.ts';
import type { Sights } from './sights.ts';
import type { Takes } from './turn.ts';

/** The thing that a deployment deploys, in AWS's own terms. */
export interface Revision {
  /** AWS's id: for ecs the ARN of the service revision. Two revisions are the same exactly if their ids are equal. */
  readonly id: string;
  /** The name that operators use: `checkout:42`. */
  readonly name: string;
}

/** One rollout, running or done. */
export interface Deployment {
  readonly id: string;
  readonly state: 'in-flight' | 'completed' | 'failed' | 'rolling-back';
  readonly startedAt: Instant;
  /** It began somewhere between two sights, long before `startedAt` at the earliest. Absent: it began at `startedAt`. */
  readonly sights?: Sights;
  /** When it was first seen, where AWS keeps no history: it began between `startedAt` and then. Absent: AWS says when. */
  readonly seenAt?: Instant;
  readonly finishedAt?: Instant;
  /** The revision it deploys. */
  readonly revision: Revision;
  /**
   * Equal text means equal configuration, and equal images by digest. Absent: AWS no longer knows what was deployed.
   */
  readonly content?: string;
  /** The changes against the revision before, one line each (`changesBetween`). Absent: unknown; empty: a restart. */
  readonly changes?: readonly string[];
  /**
   * AWS does not show all of what it deploys, and an earlier deployment has equal content: it may be a way back to that one
   * or a new release. Absent: it is known, or nothing earlier is equal.
   */
  readonly mayBeNew?: true;
  /** True for a way back, by Lastgood or by AWS. A way back is never rolled back. */
  readonly isRollback: boolean;
  /** A rehearsal started it: no way back from harm, and no release. Set by the judge. */
  readonly isRehearsal?: true;
  /** No alarm turned during its soak. */
  readonly isProven?: true;
  /**
   * Weights that an operator or a pipeline set give it a part of the traffic, and nothing moves the rest natively. `older`:
   * the other part stays with a revision that was made before it. Absent: it has all, or AWS moves it.
   */
  readonly sharesWith?: 'older' | 'unknown';
  /** It failed and AWS left it midway. The part that came up still takes traffic. */
  readonly remains?: true;
  /** A person or a tool cancelled it. AWS found no failure, so that says nothing against its revision. */
  readonly isCancelled?: true;
  /** AWS divides the traffic between it and the revision before, step by step. Absent: it does not, or it is unknown. */
  readonly divides?: true;
  /**
   * Its rollout takes every target out of service for a while, whatever it deploys. Absent: it does not, or it is unknown.
   */
  readonly takesAll?: true;
  /** Its progress while it is in flight. Absent: unknown, or not read. */
  readonly progress?: Progress;
}

/** Something that a deployment brings, and that deployments of other targets may bring as well. */
export interface Artefact {
  readonly by: 'image' | 'launch-template' | 'commit';
  /** Equal for the same thing under any name: an image's digest, where it is known. */
  readonly id: string;
  /** For people: `shop/checkout:42`. */
  readonly name: string;
}

/** One way to go back, fastest safe one first. */
export interface Rung {
  /** Stable name within the kind: `stop-deployment`, `redeploy`. */
  readonly name: string;
  /** What it does, in words for an operator. */
  readonly does: string;
  /** Seconds within which it must have settled, or the next rung is tried. */
  readonly withinSeconds: number;
}

/** A target group that must have this many healthy targets. */
export interface WatchedGroup {
  readonly arn: string;
  readonly wanted: number;
  /** ARN of the load balancer that uses it. Absent: the plan does not know it. */
  readonly balancer?: string;
  /** The way back only moves traffic. The targets stay, and so does the reason why one is unhealthy. */
  readonly stays?: true;
}

/** The sources that Verify polls. An empty list proves nothing. */
export interface Watch {
  readonly targetGroups: readonly WatchedGroup[];
  /** Names of the alarms that must be OK. */
  readonly alarms: readonly string[];
  /** URLs that must answer with a 2xx status. */
  readonly probes: readonly string[];
  /** The cluster and service whose stopped tasks are evidence; ECS only. */
  readonly tasks?: { readonly cluster: string; readonly service: string };
}

/**
 * The most deployments that a plan holds. Twenty deployments a day are many, and an incident is younger than ten of
 * them.
 */
export const MAX_RECENT_DEPLOYMENTS = 12;

/**
 * A CloudWatch metric of a target. Requests and errors are sums, latency is p95 in seconds, CPU and memory are
 * percentages, and healthy targets are a minimum.
 */
export interface Meter {
  readonly metric: 'requests' | 'errors' | 'latency' | 'cpu' | 'memory' | 'healthyHosts';
  readonly namespace: string;
  readonly name: string;
  readonly stat: string;
  /** All of its dimensions. For a load balancer the target group is enough. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Id of the only revision that is measured. Absent: the whole target is. */
  readonly revision?: string;
}

/** The AWS tags of the target, unchanged. `readSettings` reads those of Lastgood. */
export type Tags = Readonly<Record<string, string>>;

interface Base {
  readonly at: Instant;
  readonly tags: Tags;
  /**
   * The running revision, where the deployment does not name it: there is no deployment, or it failed and another
   * revision runs. It is only shown.
   */
  readonly runs?: Revision;
  /** A revision that the target was set to, and that no part of it runs yet. Absent: none is known. */
  readonly next?: Revision;
  /** The newest deployment, running or done. */
  readonly deployment?: Deployment;
  /**
   * The last deployments, newest first, including `deployment`: at most MAX_RECENT_DEPLOYMENTS. Absent: only
   * `deployment` is known.
   */
  readonly recent?: readonly Deployment[];
  /** The CloudWatch metrics of the target. Absent: unknown. */
  readonly meters?: readonly Meter[];
  /**
   * Why nothing of the target is to run, as the first part of a sentence: `The desired count is 0`. No revision of it serves
   * users then. Absent: something is to run, or it is unknown.
   */
  readonly wantsNone?: string;
  /** ARNs or names of the secrets and parameters that the revision at fault reads when it starts. */
  readonly reads?: readonly string[];
}

interface WithRoute<Memo> extends Base {
  readonly watch: Watch;
  /** The source that named the last known good. `owner`: the system that owns the target chooses it. */
  readonly source: 'ledger' | 'deployments' | 'request' | 'owner';
  /** The revision that runs, or is being rolled out. It is the revision at fault unless `suspect` names another. */
  readonly from: Revision;
  /** What runs is unknown, and `from` only stands for it: nothing is condemned. Absent: it is known. */
  readonly isUnknown?: true;
  /** The revision at fault, if a newer one has replaced it since: a way back or a fix. */
  readonly suspect?: Revision;
  /** The revision to go back to. */
  readonly to: Revision;
  /** Tags of the revision at fault. They may contain a barrier (`lastgood:irreversible`). */
  readonly fromTags: Tags;
  readonly rungs: readonly [Rung, ...Rung[]];
  /** Says whether Stop may find a rollout to stop, or one to join. Absent: unknown, so Stop looks. */
  readonly inFlight?: boolean;
  /**
   * Alarms with which AWS watches the way back: if one turns during it, AWS brings the revision at fault back natively.
   * If one is red when the way back begins, AWS ignores them all. Absent: AWS does not watch it.
   */
  readonly undoneBy?: readonly string[];
  /** What the way back takes of AWS's quotas. Absent: unknown, so it is not paced. */
  readonly takes?: Takes;
  /**
   * Notes for an operator on this choice: newer candidates that were passed over and why, and facts that could not be
   * read.
   */
  readonly notes?: readonly string[];
  /** Why a person decides, as a sentence: the way back may bring the fault back, or do more. Absent: nothing says so. */
  readonly doubt?: string;
  /** The changes between the two revisions, one line each, as far as AWS names them. Absent: unknown. */
  readonly changes?: readonly string[];
  /** What the deployment at fault brings, as far as it is known: other targets of a storm may share it. */
  readonly deploys?: readonly Artefact[];
  /** State of the mechanism between its verbs. Only the mechanism reads it. */
  readonly memo: Memo;
}

/** There is a way back. */
export interface Ready<Memo = unknown> extends WithRoute<Memo> {
  readonly state: 'ready';
}

/** AWS is already going back natively. Lastgood watches and verifies, and does not interfere. */
export interface Joinable<Memo = unknown> extends WithRoute<Memo> {
  readonly state: 'join';
}

/** The running revision is fine, or already is the last known good. */
export interface NothingToDo extends Base {
  readonly state: 'nothing-to-do';
  readonly reason: string;
  /** Another cause of harm that the plan found. People are informed of it. Absent: it found none. */
  readonly cause?: LikelyCause;
}

/** The running revision is at fault or may be, and Lastgood has no way back that it may and can take. */
export interface NoWayBack extends Base {
  readonly state: 'no-way-back';
  readonly reason: string;
  /** The revision at fault, if a newer one has replaced it since. That one may be the fix, so the judge watches the harm. */
  readonly suspect?: Revision;
}

/** Added by Plan, which changes nothing. */
export type Plan<Memo = unknown> = Ready<Memo> | Joinable<Memo> | NothingToDo | NoWayBack;
