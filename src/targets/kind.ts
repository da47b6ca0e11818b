import type { ReadOptedIn } from '../aws/opted-in.ts';
import type { Ledger, ObservedRevision } from '../ledger/ledger.ts';
import type { Revision, Tags } from '../rollback/plan.ts';
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
  /** Returns the name in the ARN of a tagged resource, or null if it is of another kind, or is not itself a target. */
  fromArn(arn: string): string | null;
  /**
   * Reads an AWS event about a deployment of this kind. Returns null for any other event.
   * @throws InvalidRequest naming the field, if the event is about a deployment of this kind and cannot be read
   */
  fromDeploymentEvent(event: BusEvent): ObservedDeployment | null;
  /**
   * What AWS is asked from Plan to the first write, by quota: Plan's reads, and those of Stop and Revert. Claim reserves
   * them together, so that no Plan of a later rollback comes between.
   */
  readonly reads: readonly Take[];
  /** Reads an event that a stalled deployment may cause; null: it is none. Absent: the kind has no such events. */
  fromHint?(event: BusEvent): Hint | null;
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
}

/** A deployment from an event, or from the sweep. */
export interface ObservedDeployment {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  /** `stalled`: it is in flight and cannot progress, and AWS keeps trying. */
  readonly state: 'started' | 'failed' | 'completed' | 'stalled';
  readonly at: Instant;
  readonly reason: string;
}

/** The present state of a completed deployment. */
export interface Deployed {
  readonly revision: Revision;
  /** `alone`: only it runs. `gone`: something else runs instead. `unclear`: both run, or nothing does. */
  readonly runs: 'alone' | 'gone' | 'unclear';
  /** The target's tags. */
  readonly tags: Tags;
  /** Names of the alarms that watch its deployments. */
  readonly alarms: readonly string[];
}

/** The data that one sweep shares between all kinds. */
export interface SweepContext {
  readonly optedIn: ReadOptedIn;
  readonly entriesOf: Ledger['entries'];
}

/** Reads a kind's deployments for the sweep. Each mechanism's `reconcile.ts` exports `createReconciler`. */
export interface Reconciler {
  /** Returns null if the target is gone, or if AWS no longer knows which revision that deployment deployed. */
  deployed(observed: ObservedRevision, context: Pick<SweepContext, 'optedIn'>): Promise<Deployed | null>;
  /**
   * Returns the recent deployments of opted-in targets, failed ones too. The sweep uses them for events that were lost
   * or that AWS never sends. Returns none for a kind whose events are sure to come. If AWS keeps no deployments, the
   * running revision counts as a completed one; the ledger's entries then say whether it is still the same.
   */
  recentDeployments(context: SweepContext): Promise<readonly ObservedDeployment[]>;
}

/** Checks a target after a hint. A mechanism's `stalled.ts` exports `createStalledKind`. Reads only. */
export interface StalledKind {
  /**
   * Returns the deployment in flight that cannot progress. Null: none, it can progress, or the target did not opt in.
   */
  stalled(target: string): Promise<ObservedDeployment | null>;
}
