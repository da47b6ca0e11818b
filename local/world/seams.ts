/**
 * Where the services of the world touch each other. A service file implements its own side and is handed the others, so
 * that no service imports another.
 */

/** How a container made from an image behaves; scenarios decide it when they push the image. */
export interface Behaviour {
  /** Seconds from the start of the task until its containers run (image pull included). */
  readonly startSeconds: number;
  /** Seconds after RUNNING until the essential container exits; absent: it stays up. */
  readonly exitsAfterSeconds?: number;
  readonly exitCode?: number;
  /** The container's reason when it exits: `OutOfMemoryError: Container killed due to memory usage`. */
  readonly exitReason?: string;
  /** What it answers to the load balancer's and its own health check. */
  readonly health: 'passes' | 'fails';
  /** Share of requests answered with a 5xx, 0 to 1. */
  readonly errorRate: number;
  /** Response time in seconds. */
  readonly latency: number;
}

/** The registry's side: what an image is, or why it cannot be pulled. */
export interface Images {
  /** Resolves an image URI with a tag or a digest. Null: there is no such image. */
  resolve(uri: string): { readonly digest: string; readonly behaviour: Behaviour } | null;
}

/** One registered target of a target group. */
export interface TargetId {
  /** Instance id or IP address. */
  readonly id: string;
  readonly port: number;
}

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** The load balancer's side, as ECS and Auto Scaling use it. */
export interface TargetGroups {
  /** Registers a target; from now on it is health-checked (by `answers`) if the group is attached to a load balancer. */
  register(targetGroupArn: string, target: TargetId): void;
  /** Starts draining; after the group's deregistration delay the target is gone. */
  deregister(targetGroupArn: string, target: TargetId): void;
  /** The state of a registered target; null when it is not registered. */
  state(targetGroupArn: string, target: TargetId): TargetState | null;
  /** Seconds of the group's deregistration delay. */
  deregistrationDelay(targetGroupArn: string): number;
  /** Points a listener rule at target groups by weight, as ECS does in blue/green, canary and linear deployments. */
  pointRule(
    ruleArn: string,
    weights: readonly { readonly targetGroupArn: string; readonly weight: number }[],
  ): void;
  /** Every forwarding weight that some listener or rule gives this group; empty: it carries no traffic. */
  weights(targetGroupArn: string): readonly number[];
}

/** What stands behind a registered target: asked by the health checker and by the traffic. Null: nobody answers. */
export interface Backends {
  answers(target: TargetId): Behaviour | null;
}

/** One measurement. Dimension order does not matter. */
export interface Datum {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit?: string;
  /** How many measurements had this value; one where absent. */
  readonly count?: number;
  /** The instant measured, in milliseconds since the epoch, where it is not now: services publish a little late. */
  readonly at?: number;
}

/** CloudWatch's side, as traffic and services use it. */
export interface Metrics {
  record(datum: Datum): void;
}

/** CloudWatch's side, as ECS's deployment alarms use it. Null: no such alarm. */
export interface AlarmStates {
  alarmState(name: string): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | null;
}
