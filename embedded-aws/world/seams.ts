import type { Access } from './service.ts';

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

/** Lambda's side, as CodeDeploy uses it. A weight is the share of invocations, 0 to 1, that a second version gets. */
export interface Aliases {
  /** Null: no such function, or no such alias. */
  get(
    functionName: string,
    alias: string,
  ): { readonly version: string; readonly weights: Readonly<Record<string, number>> } | null;
  /** Sets version and weights, as UpdateAlias does. @throws AwsError as UpdateAlias does */
  shift(
    functionName: string,
    alias: string,
    version: string,
    weights: Readonly<Record<string, number>>,
  ): void;
}

/** The load balancer's side, as Auto Scaling uses it: it registers instances at the port of their target group. */
export interface InstanceTargetGroups extends TargetGroups {
  /** The port of a target group. */
  port(targetGroupArn: string): number;
}

/** What a version of a launch template launches. */
export interface LaunchSource {
  readonly id: string;
  readonly name: string;
  /** A number, also where `$Latest` or `$Default` was asked for. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…`. */
  readonly imageId: string;
  readonly instanceType: string;
  /** What IAM asks of whoever puts it on a group. */
  readonly accesses: readonly Access[];
}

/** EC2's side, as Auto Scaling uses it. */
export interface LaunchTemplates {
  /** Null: there is no such template, or no such version of it. */
  source(
    template: {
      readonly LaunchTemplateId?: string | undefined;
      readonly LaunchTemplateName?: string | undefined;
    },
    version: string | undefined,
  ): LaunchSource | null;
  /** The image that a launch boots from now, a parameter resolved. Null: there is no such image any more. */
  image(imageId: string): { readonly id: string; readonly behaviour: Behaviour } | null;
}

/** An instance as its Auto Scaling group knows it. */
export interface GroupInstance {
  readonly id: string;
  readonly group: string;
  /** The launch template's id, and the number of the version that it was launched from. */
  readonly template: { readonly id: string; readonly version: string };
  readonly type: string;
  /** The image that it booted from: `ami-…`. */
  readonly imageId: string;
  /** Milliseconds since the epoch. */
  readonly launchedAt: number;
  readonly lifecycle: string;
}

/** Auto Scaling's side, as EC2 uses it: every instance of every group, and those that ended within the hour. */
export interface GroupInstances {
  launchedByGroups(): readonly GroupInstance[];
}

/** A service of ECS. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/** One task set of a service, as CodeDeploy looks at it. */
export interface TaskSetSide {
  readonly id: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly targetGroupArn: string;
  readonly isPrimary: boolean;
  /** All its tasks run and are healthy. */
  readonly isSteady: boolean;
}

/** ECS's side, as CodeDeploy uses it: services under the CODE_DEPLOY controller. */
export interface TaskSets {
  /** Oldest first. Null: there is no such service under that controller. */
  taskSets(name: ServiceName): readonly TaskSetSide[] | null;
  /**
   * A new task set at full scale, with the settings of the one that serves and what is different here. Answers with its id.
   * @throws AwsError when ECS refuses it
   */
  createTaskSet(
    name: ServiceName,
    different: {
      readonly taskDefinition: string;
      readonly targetGroupArn: string;
      readonly containerName: string;
      readonly containerPort: number;
      readonly deployment: string;
    },
  ): string;
  makePrimary(name: ServiceName, id: string): void;
  /** Its tasks drain and stop. One that is gone stays gone. */
  removeTaskSet(name: ServiceName, id: string): void;
}
