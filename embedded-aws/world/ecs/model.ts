import type {
  ContainerImage,
  DeploymentConfiguration,
  DeploymentLifecycleHookAction,
  DeploymentLifecycleHookStatus,
  DeploymentRolloutState,
  RegisterTaskDefinitionCommandInput,
  Service as ServiceOutput,
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
  readonly tags: Tags;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly registered: Omit<RegisterTaskDefinitionCommandInput, 'tags'>;
  readonly registeredAt: Date;
  readonly tags: Tags;
  status: TaskDefinitionStatus;
  deregisteredAt?: Date;
}

/** The settings of a service that a service revision captures. A change of any of them starts a deployment. */
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
}

/** Where the tasks of a revision are registered. */
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

/** An entry of a service's `deployments`: one revision on its way in or out. Its id begins with `ecs-svc/`. */
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
  /** Tasks that stopped before RUNNING, in a row, and the instant before which none is launched. */
  startFailures: number;
  launchNotBefore: number;
  /** False while its tasks are not wanted: a green revision before SCALE_UP, a blue one in CLEAN_UP. */
  scaled: boolean;
}

/**
 * The API reference lists PRE_PRODUCTION_TRAFFIC_SHIFT among the values of `lifecycleStage`; the SDK's enumeration knows it
 * for hooks only.
 */
export type Stage = ServiceDeploymentLifecycleStage | 'PRE_PRODUCTION_TRAFFIC_SHIFT';

export interface Hook {
  readonly id: string;
  readonly stage: Stage;
  readonly expiresAt: Date;
  readonly timeoutAction: DeploymentLifecycleHookAction;
  status: DeploymentLifecycleHookStatus;
}

/** Which way a deployment went wrong, as its messages name it. */
export type Fault = 'circuit-breaker' | 'alarm' | 'user' | 'hook';

/** A service deployment. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export interface ServiceDeployment {
  readonly arn: string;
  readonly createdAt: Date;
  readonly target: Rollout;
  readonly sources: readonly Rollout[];
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
  /** Who asked for the rollback that begins at the next look. */
  rollbackAsked?: Fault;
  stage?: Stage;
  /** The instant at which the present stage began, or its bake time. */
  stageSince: number;
  /** Per cent of production and test traffic on the target. */
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
  /** Settings that start no deployment, as they were asked for. */
  settings: Pick<
    ServiceOutput,
    'enableECSManagedTags' | 'propagateTags' | 'enableExecuteCommand' | 'availabilityZoneRebalancing'
  > & { readonly healthCheckGracePeriodSeconds: number };
  steady: boolean;
  /** When it was last said that its tasks cannot be placed; absent: they can. */
  unplacedAt?: number;
}

/** One side of a service whose deployments are somebody else's: CodeDeploy's, or those of an external controller. */
export interface TaskSet {
  /** Begins with `ecs-svc/`. */
  readonly id: string;
  readonly arn: string;
  readonly service: Service;
  /** Its tasks belong to this; nothing of a service deployment is behind it. */
  readonly rollout: Rollout;
  readonly startedBy?: string;
  readonly externalId?: string;
  readonly clientToken?: string;
  readonly tags: Tags;
  readonly createdAt: Date;
  updatedAt: Date;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  /** Per cent of the service's desired count. */
  scale: number;
}
