import type { CreateTaskSetCommandInput } from '@aws-sdk/client-ecs';
import type { Tags } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { Side } from '../meters.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/** Task sets of services that ECS does not deploy itself, in the words of Lastgood. Each method is one API call. */
export interface TaskSets {
  /** Lists those that are not DRAINING, newest first. */
  of(name: ServiceName): Promise<readonly TaskSet[]>;
  /** Creates one at full scale with the settings of another. Idempotent for the same id. */
  create(name: ServiceName, settings: Settings, externalId: string): Promise<TaskSet>;
  /** Calls UpdateTaskSet with 100 % of the service's desired count. */
  scaleUp(name: ServiceName, taskSet: string): Promise<void>;
  makePrimary(name: ServiceName, taskSet: string): Promise<void>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html */
export interface TaskSet {
  readonly arn: string;
  /** `ecs-svc/…`. */
  readonly id: string;
  readonly isPrimary: boolean;
  /** Id of the CodeDeploy deployment that made it, or the id that its controller chose; null: none. */
  readonly externalId: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Percentage of the service's desired count. */
  readonly scale: number;
  /** The number of tasks that this makes. */
  readonly wanted: number;
  readonly pending: number;
  readonly running: number;
  /** ECS calls it STEADY_STATE. */
  readonly isSteady: boolean;
  readonly tags: Tags;
  readonly settings: Settings;
}

/** The settings of a task set, unchanged in AWS's own shapes. */
export type Settings = Pick<
  CreateTaskSetCommandInput,
  'launchType' | 'capacityProviderStrategy' | 'platformVersion' | 'networkConfiguration' | 'serviceRegistries'
> & {
  readonly taskDefinition: string;
  readonly loadBalancers: readonly Attachment[];
};

/** Where the tasks are registered. */
export interface Attachment {
  readonly targetGroupArn: string;
  readonly containerName?: string | undefined;
  readonly containerPort?: number | undefined;
}

export function targetGroupsOf({ settings }: TaskSet): readonly string[] {
  return settings.loadBalancers.map(({ targetGroupArn }) => targetGroupArn);
}

/** Returns the side that its target groups measure. */
export function toSide(set: TaskSet): Side {
  return { revision: set.settings.taskDefinition, targetGroups: targetGroupsOf(set) };
}
