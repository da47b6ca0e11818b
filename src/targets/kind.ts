import type { ReadOptedIn } from '../aws/opted-in.ts';
import type { Ledger, ObservedRevision } from '../ledger/ledger.ts';
import type { Revision, Tags } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';

/** What is known of a kind of target without asking AWS. Each mechanism's `target.ts` exports one, named `kind`. */
export interface Kind {
  /** The part before the colon, and the name of the mechanism's folder. */
  readonly name: string;
  /** Why this is not a name of this kind (`prod/checkout` of `ecs:prod/checkout`), or null when it is one. */
  problemOf(name: string): string | null;
  /** The name that an alarm's metric dimensions point at, or null. */
  fromDimensions(dimensions: Readonly<Record<string, string>>): string | null;
  /** The name behind the ARN of a tagged resource, or null: it is another kind's, or is not itself a target. */
  fromArn(arn: string): string | null;
  /**
   * What an EventBridge event of AWS says about a deployment of this kind; null when it is not about one.
   * @throws InvalidRequest naming the field, when the event is about a deployment of this kind and cannot be read
   */
  fromDeploymentEvent(event: BusEvent): ObservedDeployment | null;
  /** What an event says that a stalled deployment makes, among others; null: it is none. Absent: there are none. */
  fromHint?(event: BusEvent): Hint | null;
}

/** An event as EventBridge delivers it; `detail` is unchecked, and what an event lacks is an empty text or list. */
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
 * A sign that a deployment may have stalled. It says neither which one nor whether one is under way: AWS has to be asked.
 */
export interface Hint {
  readonly target: string;
  /** What happened, in words that end no sentence. */
  readonly says: string;
}

/** A deployment seen in an event, or found by the sweep. */
export interface ObservedDeployment {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  /** stalled: it is in flight and cannot progress, and AWS goes on trying. */
  readonly state: 'started' | 'failed' | 'completed' | 'stalled';
  readonly at: Instant;
  readonly reason: string;
}

/** What became of a deployment that completed. */
export interface Deployed {
  readonly revision: Revision;
  /** alone: it runs and nothing else does; gone: something else runs in its place; unclear: both, or nothing runs. */
  readonly runs: 'alone' | 'gone' | 'unclear';
  /** The target's tags. */
  readonly tags: Tags;
  /** Names of the alarms that watch its deployments. */
  readonly alarms: readonly string[];
}

/** What one sweep has at hand for every kind. */
export interface SweepContext {
  readonly optedIn: ReadOptedIn;
  readonly entriesOf: Ledger['entries'];
}

/** What the sweep must know of a kind of target. Each mechanism's `reconcile.ts` exports `createReconciler`. Read only. */
export interface Reconciler {
  /** Null: the target is gone, or AWS no longer knows what that deployment deployed. */
  deployed(observed: ObservedRevision, context: Pick<SweepContext, 'optedIn'>): Promise<Deployed | null>;
  /**
   * What the opted-in targets deployed lately, failed ones too, for events that were lost or that AWS never sends; none
   * for a kind whose events are sure to come. Where AWS keeps no deployments, what runs now is one that completed; a
   * kind that must know whether it is still the same asks for the target's entries.
   */
  recentDeployments(context: SweepContext): Promise<readonly ObservedDeployment[]>;
}

/** What a kind of target is asked after a hint. A mechanism's `stalled.ts` exports `createStalledKind`. Read only. */
export interface StalledKind {
  /** The deployment in flight, where it cannot progress; null: there is none, it may, or the target did not opt in. */
  stalled(target: string): Promise<ObservedDeployment | null>;
}
