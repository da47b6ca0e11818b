import type { ReadOptedIn } from '../aws/opted-in.ts';
import type { Entry, KeptRevision, Ledger, ObservedRevision } from '../ledger/ledger.ts';
import type { NotedStop } from '../ledger/lookouts.ts';
import type { Tags } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Take } from '../rollback/turn.ts';

/** A kind of target, without access to AWS. Each kind's `target.ts` exports one, named `kind`. */
export interface Kind {
  /** The part before the colon, and the name of the mechanism's folder. */
  readonly name: string;
  /** Returns why a text is not a name of this kind (`prod/checkout` of `ecs:prod/checkout`), or null if it is one. */
  problemOf(name: string): string | null;
  /** Returns the name in an alarm's metric dimensions, or null. */
  fromDimensions(dimensions: Readonly<Record<string, string>>): string | null;
  /**
   * Returns what an alarm watches that is no target but has some, as the end of an ARN: `vpc-lattice:service/svc-…`. Its tag
   * names them, or else its only opted-in part is the target. Absent: the kind knows none.
   */
  watchedIn?(dimensions: Readonly<Record<string, string>>): Whole | null;
  /** How targets are parts of what an alarm watches, where only AWS can list them. Absent: the kind has none such. */
  readonly parts?: Parts;
  /** Returns the name in the ARN of a tagged resource, or null if it is of another kind, or is not itself a target. */
  fromArn(arn: string): string | null;
  /**
   * Reads an AWS event about a deployment of this kind. Returns null for any other event.
   * @throws InvalidRequest naming the field, if the event is about a deployment of this kind and cannot be read
   */
  fromDeploymentEvent(event: BusEvent): ObservedDeployment | null;
  /** What AWS is asked from Plan to the first write, by quota. */
  readonly reads: ReadsOfKind;
  /** Reads an event that a stalled deployment may cause; null: it is none. Absent: the kind has no such events. */
  fromHint?(event: BusEvent): Hint | null;
}

/** What has targets as its parts, by its service and the end of its ARN: `lambda` and `function:checkout`. */
export interface Whole {
  readonly service: string;
  readonly resource: string;
}

/** Targets that are parts of something with metrics of its own. */
export interface Parts {
  /** Returns what the target of this name is a part of. */
  wholeOf(name: string): Whole;
  /** Returns the dimension that puts an alarm on this part alone: `Resource = checkout:live`. */
  dimensionOf(name: string): string;
}

/**
 * What a rollback of a kind reads up to its first write. Claim reserves all together, so that no Plan of a later rollback
 * comes between; for a target that asks first, only those of Plan.
 */
export interface ReadsOfKind {
  readonly plan: readonly Take[];
  /** Of Stop and Revert. */
  readonly revert: readonly Take[];
  /** Of a check of readiness, besides those of Plan. Absent: none of a scarce quota. */
  readonly readiness?: readonly Take[];
}

/** An event as EventBridge delivers it. `detail` is unchecked; a missing field is an empty text or list. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/**
 * A sign that a deployment may have stalled. It names no deployment, so on-hint asks AWS whether one is in flight.
 */
export interface Hint {
  readonly target: string;
  /** What happened, as a phrase without a full stop. */
  readonly says: string;
  /** The task that stopped abnormally, for a lookout of the target. Absent: no task did. */
  readonly stop?: NotedStop;
}

/** A deployment from an event, or from the sweep. */
export interface ObservedDeployment {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  /** `stalled`: it is in flight and cannot progress, and AWS keeps trying. */
  readonly state: 'started' | 'failed' | 'completed' | 'stalled';
  /** When it happened. If AWS keeps no such time: the first sight of it. */
  readonly at: Instant;
  /** AWS keeps no record of it: on-deployment keeps this one (src/ledger/reports.ts). */
  readonly isReport?: true;
  /** The sight before `at`, at which it was not there yet. Absent: AWS says when it happened, or no sight is known. */
  readonly notBefore?: Instant;
  readonly reason: string;
}

/** The present state of a completed deployment. */
export interface Deployed {
  readonly revision: KeptRevision;
  /** `alone`: only it runs. `gone`: something else runs instead. `unclear`: both run, or nothing does. */
  readonly runs: 'alone' | 'gone' | 'unclear';
  /** The target's tags. */
  readonly tags: Tags;
  /** Names of the alarms that watch its deployments. */
  readonly alarms: readonly string[];
}

/** The data that one sweep shares between all kinds. A new one for each sweep: `oncePer` shares a value by it. */
export interface SweepContext {
  readonly optedIn: ReadOptedIn;
  readonly entriesOf: Ledger['entries'];
  /** The instant of this sweep. */
  readonly now: Instant;
}

/** The most calls a minute that the sweep makes of one of AWS's buckets. */
export interface Share {
  /** The bucket, as the README names it: `ecs service read`. */
  readonly quota: string;
  /** A constant with its source: at most a fifth of what the bucket refills in a minute. */
  readonly callsPerMinute: number;
}

/** What the sweep reads for itself or in a batch with others: a service, a rule, a function, a zone. */
export interface Unit {
  /** Only units of one batch share a call: the cluster, the application. No line breaks. */
  readonly batch: string;
  /** Unique within its batch. */
  readonly name: string;
  /** The most calls that reading it takes, as far as is known: pages of a zone. Absent: one. */
  readonly calls?: number;
}

/** Units of one batch, which one call reads. */
export type Page = readonly [Unit, ...Unit[]];

/** What a page showed of one target. */
export interface Seen {
  /** The unit of the page that showed it: a function shows several aliases. */
  readonly unit: Unit;
  readonly target: string;
  /** Text of all that may show a deployment. Equal text: nothing new since the sight before. */
  readonly content: string;
  /** True if a deployment is in flight: looked at again at each sight, however equal, and read before others. */
  readonly isMoving?: boolean;
  /**
   * Why a part of the content could not be read, such as what runs behind a record. The rest is reconciled as it is.
   * Absent: all was read.
   */
  readonly lacks?: string;
  /** True if it is its turn to be looked at, however equal, because the page does not show all. */
  readonly isDue?: boolean;
  /**
   * Returns the deployments to reconcile, failed ones too. The sweep calls it where the content is not what the warm
   * function remembers, where it moves or is due, and after a cold start. Only here a kind may read more than the page.
   */
  observed(sight: Sight): Promise<readonly ObservedDeployment[]>;
}

/** One sight of a target. */
export interface Sight {
  readonly at: Instant;
  /** A sight before, of the same target. Null: it is not known that there was one. Never later than the last one. */
  readonly before: Instant | null;
  /** True if the content is not what the warm function remembers, and after a cold start. */
  readonly isNew: boolean;
  /** Reads the ledger's entries of the target. */
  readonly entries: () => Promise<readonly Entry[]>;
}

/**
 * Reads a kind's targets for the sweep, which costs per page and never per target. Each mechanism's `reconcile.ts`
 * exports `createReconciler`.
 */
export interface Reconciler {
  /** Its shares of AWS's buckets. The first is that of its pages: a page takes its units' most `calls` from it. */
  readonly shares: readonly [Share, ...Share[]];
  /** The most units that one call reads. */
  readonly unitsPerPage: number;
  /**
   * Lists the opted-in units, in any order. Reads nothing but lists that hold for all targets.
   * @throws AWS's error: then the kind waits for the next minute
   */
  units(context: SweepContext): Promise<readonly Unit[]>;
  /**
   * Reads one page. A unit that AWS no longer knows is left out.
   * @throws AWS's error: then the page's units are due again in the next minute
   */
  read(page: Page, context: SweepContext): Promise<readonly Seen[]>;
  /** The most observed revisions that `deployed` looks up in a minute. */
  readonly provesPerMinute: number;
  /**
   * Looks up the present state of completed deployments, in their order, in batches where AWS has them. Null: the target
   * is gone, or AWS no longer knows which revision that deployment deployed. A failed read rejects only its own batch.
   */
  deployed(
    observed: readonly ObservedRevision[],
    context: SweepContext,
  ): Promise<readonly PromiseSettledResult<Deployed | null>[]>;
}

/** Checks a target after a hint. A mechanism's `stalled.ts` exports `createStalledKind`. Reads only. */
export interface StalledKind {
  /**
   * Returns the deployment in flight that cannot progress. Null: none, it can progress, or the target did not opt in.
   */
  stalled(target: string): Promise<ObservedDeployment | null>;
}
