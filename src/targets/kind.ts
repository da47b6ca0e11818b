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
  fromDeploymentEvent(event: BusEvent): DeploymentSighting | null;
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
export interface DeploymentSighting {
  readonly target: string;
  /** AWS's id of the deployment, as the event has it. */
  readonly deployment: string;
  /** stalled: it is in flight and cannot progress, and AWS goes on trying. */
  readonly state: 'started' | 'failed' | 'completed' | 'stalled';
  readonly at: Instant;
  readonly reason: string;
}
