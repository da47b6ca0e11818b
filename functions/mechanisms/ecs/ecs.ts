import type { Traits } from '../../../src/rollback/traits.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Changes, Configuration } from './configuration.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';

/** Amazon ECS in our words. One call of the API each; errors are AWS's own. */
export interface Ecs {
  /** Null: no such service, or no such cluster. */
  service(name: ServiceName): Promise<Service | null>;
  /** Newest first; all that ECS remembers (90 days), or those created after an instant. */
  deployments(name: ServiceName, createdAfter?: Instant): Promise<readonly DeploymentLine[]>;
  /** Null: ECS does not know it (any more). */
  deployment(arn: string): Promise<ServiceDeployment | null>;
  /** At most 20. Those that ECS does not know (any more) are left out. */
  describedDeployments(arns: readonly string[]): Promise<readonly ServiceDeployment[]>;
  /** At most 20. Those that ECS does not know are left out. */
  revisions(arns: readonly string[]): Promise<readonly ServiceRevision[]>;
  taskDefinition(arn: string): Promise<TaskDefinition>;
  /** StopServiceDeployment with ROLLBACK. @throws ConflictException, ServiceDeploymentNotFoundException */
  stopDeployment(arn: string): Promise<void>;
  /** ContinueServiceDeployment with ROLLBACK, at a hook that waits for an answer. */
  rollBackAtHook(arn: string, hook: string): Promise<void>;
  /** UpdateService. Fields left out stay as they are; never a desired count. */
  update(name: ServiceName, changes: Changes, forceNewDeployment: boolean): Promise<void>;
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
  /** ARN of the service deployment that ECS names as current; null: it names none. */
  readonly currentDeployment: string | null;
  /** The tasks of each revision that has any. */
  readonly revisions: readonly RevisionTasks[];
  /** Seconds that the deployment strategy adds by waiting on purpose: bake times and steps. */
  readonly bakeSeconds: number;
  /** Its `deployments`: the revisions on their way in or out, and how ECS fares with each. */
  readonly rollouts: readonly Rollout[];
  /** What the scheduler said, newest first: the latest 100 lines. */
  readonly messages: readonly Message[];
  /** Seconds for which health checks of a new task do not count. */
  readonly graceSeconds: number;
  /** How many failures trip the circuit breaker; null: none is switched on. */
  readonly breaker: number | null;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html */
export interface Rollout {
  /** `ecs-svc/…`. Its tasks name it, and so do the events about deployments. */
  readonly id: string;
  readonly isPrimary: boolean;
  /** Absent where ECS does not say: behind a Classic Load Balancer, and perhaps for other strategies than rolling. */
  readonly state?: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly createdAt: Instant;
  readonly desired: number;
  readonly pending: number;
  readonly running: number;
  /** Those that could not be launched, did not run or failed health checks, in a row. */
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
  /** Why it is in that status; empty when ECS does not say. */
  readonly reason: string;
  /** ARN of the service revision that it deploys. */
  readonly revision: string;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

export interface ServiceDeployment extends DeploymentLine {
  /** What ran when it began: what a rollback goes back to. */
  readonly sources: readonly RevisionTasks[];
  /** ARN of the revision that its rollback deploys; null: no rollback, or not known yet. */
  readonly rollbackRevision: string | null;
  /** When its rollback began; null: no rollback, or not known yet. */
  readonly rollbackStartedAt: Instant | null;
  /** Its circuit breaker or its alarms ended it: nobody told it to. That a hook of its own did, ECS does not show. */
  readonly endedByItself: boolean;
  /** The lifecycle hook that waits for an answer, or null. */
  readonly pausedAtHook: string | null;
}

export interface ServiceRevision {
  readonly arn: string;
  readonly serviceArn: string;
  readonly createdAt: Instant;
  readonly configuration: Configuration;
  readonly images: readonly ContainerImage[];
  /** The target groups that its tasks serve behind, resolved by ECS where its strategy has two. */
  readonly targetGroups: readonly string[];
}

export interface ContainerImage {
  readonly container: string;
  /** As the task definition names it. */
  readonly image: string;
  /** What the tag stood for when the revision was deployed; null: ECS did not resolve it. */
  readonly digest: string | null;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly active: boolean;
  /** Null: ECS does not say. */
  readonly registeredAt: Instant | null;
  /** As they are named there; none: ECS does not know it (any more). */
  readonly images: readonly ContainerImage[];
  readonly tags: Tags;
  /** Equal text: it sets the same, images aside. Null: ECS does not know it (any more). */
  readonly settings: string | null;
  /** ARNs or names of the secrets and parameters that its containers read when they start. */
  readonly reads: readonly string[];
  /** Null: ECS does not know it (any more). */
  readonly traits: Traits | null;
}

/** `checkout:42`, the end of a task definition's ARN. */
export function nameOf(taskDefinition: string): string {
  return taskDefinition.slice(taskDefinition.lastIndexOf('/') + 1);
}
