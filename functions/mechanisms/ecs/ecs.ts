import type { Traits } from '../../../src/rollback/traits.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Changes, Configuration } from './configuration.ts';
import type { TaskSet } from './task-sets/task-sets.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';

/** Amazon ECS in the words of Lastgood. Each method is one API call; errors are AWS's own. */
export interface Ecs {
  /** Null: there is no such service or cluster. */
  service(name: ServiceName): Promise<Service | null>;
  /** Lists deployments, newest first: all that ECS remembers (90 days), or those created after an instant. */
  deployments(name: ServiceName, createdAfter?: Instant): Promise<readonly DeploymentLine[]>;
  /** Null: ECS does not know it, or no longer does. */
  deployment(arn: string): Promise<ServiceDeployment | null>;
  /** Describes at most 20, without those that ECS does not know or no longer knows. */
  describedDeployments(arns: readonly string[]): Promise<readonly ServiceDeployment[]>;
  /** Describes at most 20, without those that ECS does not know. */
  revisions(arns: readonly string[]): Promise<readonly ServiceRevision[]>;
  taskDefinition(arn: string): Promise<TaskDefinition>;
  /** StopServiceDeployment with ROLLBACK. @throws ConflictException, ServiceDeploymentNotFoundException */
  stopDeployment(arn: string): Promise<void>;
  /** ContinueServiceDeployment with ROLLBACK, at a hook that waits for an answer. */
  rollBackAtHook(arn: string, hook: string): Promise<void>;
  /**
   * Calls UpdateService. Omitted fields stay; never sets a desired count. Returns the service after the update, without
   * its tags.
   */
  update(name: ServiceName, changes: Changes, forceNewDeployment: boolean): Promise<Service>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentController.html */
export type ControllerName = 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';

export interface Service {
  readonly arn: string;
  /** ACTIVE, DRAINING or INACTIVE. */
  readonly status: string;
  readonly controller: ControllerName;
  readonly desired: number;
  readonly running: number;
  readonly tags: Tags;
  /** Names of the alarms that watch its deployments. */
  readonly alarms: readonly string[];
  /** Those of them that make ECS roll a deployment back natively. */
  readonly undoingAlarms: readonly string[];
  /** ARN of the service deployment that ECS names as current; null: it names none. */
  readonly currentDeployment: string | null;
  /** The tasks of each revision that has tasks. */
  readonly revisions: readonly RevisionTasks[];
  /** Its task sets as `TaskSets.of` lists them, without their tags; empty under the native controller. */
  readonly taskSets: readonly TaskSet[];
  /** Seconds that the deployment strategy waits on purpose: bake times and steps. */
  readonly bakeSeconds: number;
  /** ECS's own deployments divide the traffic between both sides for a time: CANARY or LINEAR. */
  readonly dividesTraffic: boolean;
  /** Its `deployments`: the revisions that start or stop, and the progress of each. */
  readonly rollouts: readonly Rollout[];
  /** The scheduler's messages, newest first: the latest 100 lines. */
  readonly messages: readonly Message[];
  /** Seconds during which health checks of a new task do not count. */
  readonly graceSeconds: number;
  /** How many failures trip the circuit breaker; null: it is off. */
  readonly breaker: number | null;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html */
export interface Rollout {
  /** `ecs-svc/…`. Its tasks name it, and the events about deployments do too. */
  readonly id: string;
  readonly isPrimary: boolean;
  /** Absent behind a Classic Load Balancer, and perhaps for other strategies than rolling. */
  readonly state?: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly createdAt: Instant;
  readonly desired: number;
  readonly pending: number;
  readonly running: number;
  /** Consecutive tasks that could not be launched, did not run or failed health checks. */
  readonly failedTasks: number;
}

export interface Message {
  readonly at: Instant;
  readonly text: string;
}

/** The tasks of one revision. */
export interface RevisionTasks {
  readonly revision: string;
  readonly requested: number;
  readonly running: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export type DeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'
  | 'SUCCESSFUL';

/** One line of the list of service deployments. */
export interface DeploymentLine {
  readonly arn: string;
  readonly status: DeploymentStatus;
  /** Why it is in that status; empty if ECS gives no reason. */
  readonly reason: string;
  /** ARN of the service revision that it deploys. */
  readonly revision: string;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

export interface ServiceDeployment extends DeploymentLine {
  /** The revisions that ran when it began. A rollback restores them. */
  readonly sources: readonly RevisionTasks[];
  /** ARN of the revision that its rollback deploys; null: no rollback, or unknown yet. */
  readonly rollbackRevision: string | null;
  /** When its rollback began; null: no rollback, or unknown yet. */
  readonly rollbackStartedAt: Instant | null;
  /** Its circuit breaker or its alarms ended it natively. ECS does not show when one of its hooks did. */
  readonly endedByItself: boolean;
  /** The lifecycle hook that waits for an answer, or null. */
  readonly pausedAtHook: string | null;
  /** It stops every task before it starts one. */
  readonly takesAll: boolean;
}

export interface ServiceRevision {
  readonly arn: string;
  readonly serviceArn: string;
  readonly createdAt: Instant;
  readonly configuration: Configuration;
  readonly images: readonly ContainerImage[];
  /** The target groups of its tasks, resolved by ECS if its strategy has two. */
  readonly targetGroups: readonly string[];
}

export interface ContainerImage {
  readonly container: string;
  /** As in the task definition. */
  readonly image: string;
  /** Digest of the tag when the revision was deployed; null: ECS did not resolve it. */
  readonly digest: string | null;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly active: boolean;
  /** Null: ECS does not show it. */
  readonly registeredAt: Instant | null;
  /** As in the definition; empty: ECS does not know it, or no longer does. */
  readonly images: readonly ContainerImage[];
  readonly tags: Tags;
  /** Equal text: equal settings, without images. Null: ECS does not know it, or no longer does. */
  readonly settings: string | null;
  /** ARNs or names of the secrets and parameters that its containers read at the start. */
  readonly reads: readonly string[];
  /** Null: ECS does not know it, or no longer does. */
  readonly traits: Traits | null;
}

/** Returns `checkout:42`, the end of a task definition's ARN. */
export function nameOf(taskDefinition: string): string {
  return taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1);
}
