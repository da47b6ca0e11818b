import type { CreateTaskSetCommandInput } from '@aws-sdk/client-ecs';
import type { Tags } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { Side } from '../meters.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/** Task sets in our words: the sides of a service that ECS does not deploy itself. One call of the API each. */
export interface TaskSets {
  /** Those that are not DRAINING, newest first. */
  of(name: ServiceName): Promise<readonly TaskSet[]>;
  /** A new one at full scale with the settings of another; asked for again with the same id, it is the same one. */
  create(name: ServiceName, settings: Settings, externalId: string): Promise<TaskSet>;
  /** UpdateTaskSet to 100 % of the service's desired count. */
  scaleUp(name: ServiceName, taskSet: string): Promise<void>;
  makePrimary(name: ServiceName, taskSet: string): Promise<void>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html */
export interface TaskSet {
  readonly arn: string;
  /** `ecs-svc/…`. */
  readonly id: string;
  readonly isPrimary: boolean;
  /** Id of the CodeDeploy deployment that made it, or what its maker chose; null: none. */
  readonly externalId: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Per cent of the service's desired count. */
  readonly scale: number;
  /** The share of the desired count that this makes. */
  readonly wanted: number;
  readonly pending: number;
  readonly running: number;
  /** ECS calls it STEADY_STATE. */
  readonly isSteady: boolean;
  readonly tags: Tags;
  readonly settings: Settings;
}

/** What makes a task set, in AWS's own shapes, handed back as they came. */
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

/** What its target groups measure. */
export function toSide(set: TaskSet): Side {
  return { revision: set.settings.taskDefinition, targetGroups: targetGroupsOf(set) };
}
