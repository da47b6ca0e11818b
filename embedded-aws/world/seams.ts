import type { Changes } from './changes.ts';

/**
 * The interfaces between the services of the world. A service implements its own and receives the others, so no service
 * imports another.
 */

/** The behaviour of a container from an image. A scenario sets it when it pushes the image. */
export interface Behaviour {
  /** Seconds from the start of the task until its containers run (image pull included). */
  readonly startSeconds: number;
  /** Seconds after RUNNING until the essential container exits; absent if it keeps running. */
  readonly exitsAfterSeconds?: number;
  readonly exitCode?: number;
  /** The container's reason at exit: `OutOfMemoryError: Container killed due to memory usage`. */
  readonly exitReason?: string;
  /** Its answer to the load balancer's and its own health check. */
  readonly health: 'passes' | 'fails';
  /** Share of requests answered with a 5xx, 0 to 1. */
  readonly errorRate: number;
  /** Response time in seconds. */
  readonly latency: number;
  /**
   * The lines that a container of ECS writes when it starts, that an instance writes to its console when it boots, or that
   * a failed invocation of a function writes.
   */
  readonly logs?: readonly string[];
  /**
   * How the answers of a container change with its age, oldest age last: a warm-up, a leak, a fault that sleeps.
   * Containers of ECS only.
   */
  readonly later?: readonly Later[];
}

/** Answers of a container from an age on. What is absent stays as it was at first. */
export interface Later extends Partial<Pick<Behaviour, 'health' | 'errorRate' | 'latency'>> {
  /** Seconds after RUNNING. */
  readonly fromSeconds: number;
}

/** CloudWatch Logs, as the log drivers of containers use it. */
export interface LogWriter {
  hasGroup(group: string): boolean;
  write(group: string, stream: string, message: string): void;
}

/** The registry, as its users see it: an image, or why it cannot be pulled. */
export interface Images {
  /** Resolves an image URI with a tag or a digest; null if there is no such image. */
  resolve(uri: string): { readonly digest: string; readonly behaviour: Behaviour } | null;
}

/** One registered target of a target group. */
export interface TargetId {
  /** Instance id or IP address. */
  readonly id: string;
  readonly port: number;
}

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** The load balancer, as ECS and Auto Scaling use it. */
export interface TargetGroups {
  /** Registers a target. If the group is attached to a load balancer, `answers` health-checks it. */
  register(targetGroupArn: string, target: TargetId): void;
  /** Starts draining. After the group's deregistration delay, the target is gone. */
  deregister(targetGroupArn: string, target: TargetId): void;
  /** Returns the state of a registered target; null if it is not registered. */
  state(targetGroupArn: string, target: TargetId): TargetState | null;
  /** Returns the group's deregistration delay in seconds. */
  deregistrationDelay(targetGroupArn: string): number;
  /** Points a listener rule at target groups by weight, as ECS does in blue/green, canary and linear deployments. */
  pointRule(
    ruleArn: string,
    weights: readonly { readonly targetGroupArn: string; readonly weight: number }[],
  ): void;
  /** Returns every weight that a listener or rule forwards to this group; empty if it has no traffic. */
  weights(targetGroupArn: string): readonly number[];
  /** Counts changes that may alter any result above. */
  readonly changes: Pick<Changes, 'remembering'>;
}

/** The server behind a registered target. The health checker and the traffic call it. Null: no answer. */
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
  /** Number of measurements with this value; 1 if absent. */
  readonly count?: number;
  /** The measured instant, in milliseconds since the epoch, if it is not now: services publish a little late. */
  readonly at?: number;
}

/** CloudWatch, as traffic and services use it. */
export interface Metrics {
  record(datum: Datum): void;
}

/** CloudWatch, as ECS's deployment alarms use it. Null: no such alarm. */
export interface AlarmStates {
  alarmState(name: string): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | null;
}

/** Lambda, as CodeDeploy uses it. A weight is the share of invocations, 0 to 1, of a second version. */
export interface Aliases {
  /** Returns null if there is no such function or alias. */
  get(
    functionName: string,
    alias: string,
  ): { readonly version: string; readonly weights: Readonly<Record<string, number>> } | null;
  /**
   * Sets version and weights, like UpdateAlias.
   * @throws AwsError like UpdateAlias
   */
  shift(
    functionName: string,
    alias: string,
    version: string,
    weights: Readonly<Record<string, number>>,
  ): void;
}

/** The behaviour of a function's code. */
export type ReleasedCode = Pick<Behaviour, 'errorRate' | 'latency' | 'logs'>;

/** Lambda, as CodePipeline deploys to it. */
export interface CodeReleases {
  /**
   * Updates the code of a function, publishes it and points the alias at that version, which is returned. Equal code has
   * an equal hash.
   * @throws AwsError like the operations of Lambda
   */
  release(
    functionName: string,
    alias: string,
    source: { readonly code: ReleasedCode; readonly codeSha256: string },
  ): string;
}

/** Objects of S3, as CodePipeline reads and writes them. */
export interface PipelineObjects {
  hasBucket(bucket: string): boolean;
  /** Returns the newest version of an object; null if there is none. */
  get(bucket: string, key: string): PipelineObject | null;
  put(bucket: string, key: string, object: Pick<PipelineObject, 'body' | 'contentType'>): unknown;
}

export interface PipelineObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly versionId: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The load balancer, as Auto Scaling uses it: it registers instances at the port of their target group. */
export interface InstanceTargetGroups extends TargetGroups {
  /** Returns the port of a target group. */
  port(targetGroupArn: string): number;
}

/** Target groups of any service, as Auto Scaling uses them. */
export type InstanceRegistry = Pick<
  InstanceTargetGroups,
  'register' | 'deregister' | 'state' | 'deregistrationDelay' | 'port'
>;

/** The launch source of a launch template's version. */
export interface LaunchSource {
  readonly id: string;
  readonly name: string;
  /** A number, also for `$Latest` or `$Default`. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…`. */
  readonly imageId: string;
  readonly instanceType: string;
  /** The behaviour that the tags of its instances choose, before the image does. */
  readonly asked: Partial<Behaviour>;
}

/** An image, as Auto Scaling uses it. */
export interface LaunchedImage {
  readonly id: string;
  readonly behaviour: Behaviour;
  readonly architecture?: Architecture | undefined;
  /** The number of its volumes, the root volume included. */
  readonly volumes: number;
}

export type Architecture = 'arm64' | 'x86_64';

/** EC2, as Auto Scaling uses it. */
export interface LaunchTemplates {
  /** Returns null if there is no such template or version. */
  source(
    template: {
      readonly LaunchTemplateId?: string | undefined;
      readonly LaunchTemplateName?: string | undefined;
    },
    version: string | undefined,
  ): LaunchSource | null;
  /** Returns the image of a launch at this instant, with a parameter resolved; null if the image no longer exists. */
  image(imageId: string): LaunchedImage | null;
  /** Returns why EC2 launches no instance from a source that exists; null: it does. */
  refusal(source: LaunchSource): string | null;
}

/** An instance in its Auto Scaling group. */
export interface GroupInstance {
  readonly id: string;
  readonly group: string;
  /** The launch template's id, and its version number at launch. */
  readonly template: { readonly id: string; readonly version: string };
  readonly type: string;
  /** The image at launch: `ami-…`. */
  readonly imageId: string;
  /** Milliseconds since the epoch. */
  readonly launchedAt: number;
  readonly lifecycle: string;
  readonly behaviour: Pick<Behaviour, 'startSeconds' | 'logs'>;
}

/** Auto Scaling, as EC2 uses it: every instance of every group, and those that ended within the hour. */
export interface GroupInstances {
  launchedByGroups(): readonly GroupInstance[];
}

/** A service of ECS. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/** One task set of a service, as CodeDeploy uses it. */
export interface TaskSetSide {
  readonly id: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly targetGroupArn: string;
  readonly isPrimary: boolean;
  /** All its tasks run and are healthy. */
  readonly isSteady: boolean;
}

/** ECS, as CodeDeploy uses it: services under the CODE_DEPLOY controller. */
export interface TaskSets {
  /** Returns the task sets, oldest first; null if no such service is under that controller. */
  taskSets(name: ServiceName): readonly TaskSetSide[] | null;
  /**
   * Creates a task set at full scale, with the settings of the one that serves, except for these changes. Returns its
   * id.
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
  /** Drains and stops its tasks. Ignores one that is gone. */
  removeTaskSet(name: ServiceName, id: string): void;
}
