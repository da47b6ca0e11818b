import type {
  ContainerImage,
  DeploymentConfiguration,
  DeploymentLifecycleHookAction,
  DeploymentLifecycleHookStatus,
  DeploymentRolloutState,
  RegisterTaskDefinitionCommandInput,
  Service as ServiceOutput,
  ServiceRevision,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentRollbackMonitorsStatus,
  ServiceDeploymentStatus,
  ServiceEvent,
  TaskDefinitionStatus,
} from '@aws-sdk/client-ecs';

export type Tags = Record<string, string>;

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  /** Shown only: every service may use both of Fargate's. */
  readonly capacityProviders: readonly string[];
  readonly tags: Tags;
}

/** Room on a machine: CPU in units, of which a vCPU has 1024, and memory in MiB. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
}

/** A machine of a cluster, with the room that its agent registered. */
export interface ContainerInstance extends Room {
  readonly id: string;
  readonly arn: string;
  /** ARN. */
  readonly cluster: string;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly registered: Omit<RegisterTaskDefinitionCommandInput, 'tags'>;
  readonly registeredAt: Date;
  /** ARN of the principal that registered it. */
  readonly registeredBy: string;
  readonly tags: Tags;
  status: TaskDefinitionStatus;
  deregisteredAt?: Date;
}

/** The settings of a service that a service revision shows, and the service itself does not. */
export type RevisionOnly = Readonly<
  Pick<
    ServiceRevision,
    | 'serviceConnectConfiguration'
    | 'volumeConfigurations'
    | 'vpcLatticeConfigurations'
    | 'gatewayConnectors'
    | 'monitoring'
  >
>;

/** The settings of a service that a service revision captures. A change to most of them starts a deployment. */
export interface Workload extends Pick<
  ServiceOutput,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'platformFamily'
  | 'loadBalancers'
  | 'serviceRegistries'
  | 'networkConfiguration'
> {
  readonly taskDefinition: TaskDefinition;
  readonly revisionOnly: RevisionOnly;
}

/** The target group in which a revision's tasks are registered. */
export interface Attachment {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
}

/** A service revision: immutable. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html */
export interface Revision {
  readonly arn: string;
  readonly createdAt: Date;
  readonly workload: Workload;
  readonly containerImages: readonly ContainerImage[];
  readonly attachments: readonly Attachment[];
}

/**
 * An entry of a service's `deployments`: one revision that is rolling out or being replaced. Its id begins with
 * `ecs-svc/`.
 */
export interface Rollout {
  readonly id: string;
  readonly revision: Revision;
  readonly createdAt: Date;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  rolloutState: DeploymentRolloutState;
  rolloutStateReason: string;
  updatedAt: Date;
  /** Consecutive failures, as the circuit breaker counts them. */
  failedTasks: number;
  /** Consecutive tasks that stopped before RUNNING, and the instant of the earliest next launch. */
  startFailures: number;
  launchNotBefore: number;
  /** False while the rollout must have no tasks: a green revision before SCALE_UP, a blue one in CLEAN_UP. */
  scaled: boolean;
}

/**
 * The API reference lists PRE_PRODUCTION_TRAFFIC_SHIFT among the values of `lifecycleStage`. The SDK's enumeration has
 * it for hooks only.
 */
export type Stage = ServiceDeploymentLifecycleStage | 'PRE_PRODUCTION_TRAFFIC_SHIFT';

export interface Hook {
  readonly id: string;
  readonly stage: Stage;
  readonly expiresAt: Date;
  readonly timeoutAction: DeploymentLifecycleHookAction;
  status: DeploymentLifecycleHookStatus;
}

/** The cause of a deployment's failure, as its messages name it. */
export type Fault = 'circuit-breaker' | 'alarm' | 'user' | 'hook';

/** A service deployment. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export interface ServiceDeployment {
  readonly arn: string;
  readonly createdAt: Date;
  readonly target: Rollout;
  readonly sources: readonly Rollout[];
  /** How many tasks of each source were wanted when it began. */
  readonly requested: ReadonlyMap<Rollout, number>;
  readonly configuration: DeploymentConfiguration;
  readonly breaker: { status: ServiceDeploymentRollbackMonitorsStatus; failureCount: number };
  readonly alarms: { status: ServiceDeploymentRollbackMonitorsStatus; triggered: readonly string[] };
  readonly hooks: Hook[];
  status: ServiceDeploymentStatus;
  statusReason?: string;
  startedAt?: Date;
  finishedAt?: Date;
  stoppedAt?: Date;
  updatedAt: Date;
  rollback?: {
    readonly fault: Fault;
    readonly reason: string;
    readonly startedAt: Date;
    readonly to: Rollout;
  };
  /** The cause of the rollback that begins at the scheduler's next look. */
  rollbackAsked?: Fault;
  stage?: Stage;
  /** The instant at which the present stage, or its bake time, began. */
  stageSince: number;
  /** Percentages of production and test traffic on the target. */
  productionWeight: number;
  testWeight: number;
}

export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly cluster: Cluster;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly tags: Tags;
  readonly events: ServiceEvent[];
  /** Newest first. */
  readonly rollouts: Rollout[];
  readonly revisions: Revision[];
  readonly deployments: ServiceDeployment[];
  /** Oldest first; under the controllers CODE_DEPLOY and EXTERNAL. */
  readonly taskSets: TaskSet[];
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  /** Null under the controller EXTERNAL, where only task sets have one. */
  workload: Workload | null;
  configuration: DeploymentConfiguration;
  /** Settings that start no deployment, as requested. */
  settings: Pick<
    ServiceOutput,
    'enableECSManagedTags' | 'propagateTags' | 'enableExecuteCommand' | 'availabilityZoneRebalancing'
  > & { readonly healthCheckGracePeriodSeconds: number };
  steady: boolean;
  /** The last report that the service's tasks cannot be placed; absent if they can be. */
  unplacedAt?: number;
}

/** One side of a service that CodeDeploy or an external controller deploys. */
export interface TaskSet {
  /** Begins with `ecs-svc/`. */
  readonly id: string;
  readonly arn: string;
  readonly service: Service;
  /** The rollout that owns its tasks. No service deployment belongs to it. */
  readonly rollout: Rollout;
  readonly startedBy?: string;
  readonly externalId?: string;
  readonly clientToken?: string;
  readonly tags: Tags;
  readonly createdAt: Date;
  updatedAt: Date;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  /** A percentage of the service's desired count. */
  scale: number;
}
