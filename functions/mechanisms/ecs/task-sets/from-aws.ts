import type { TaskSet as AwsTaskSet } from '@aws-sdk/client-ecs';
import { newestFirst } from '../newest-first.ts';
import { toTags } from '../tags.ts';
import type { Attachment, Settings, TaskSet } from './task-sets.ts';

const EPOCH = new Date(0);

/** Returns those that are not DRAINING, newest first. */
export function toTaskSets(taskSets: readonly AwsTaskSet[] = []): readonly TaskSet[] {
  return newestFirst(taskSets.filter(({ status }) => status !== 'DRAINING').map(toTaskSet));
}

/** Maps AWS's shape, where every field is optional, to Lastgood's, where none is. */
export function toTaskSet(taskSet: AwsTaskSet): TaskSet {
  const { createdAt = EPOCH, updatedAt = createdAt } = taskSet;
  return {
    arn: taskSet.taskSetArn ?? '',
    id: taskSet.id ?? '',
    isPrimary: taskSet.status === 'PRIMARY',
    externalId: taskSet.externalId ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    scale: taskSet.scale?.value ?? 0,
    wanted: taskSet.computedDesiredCount ?? 0,
    pending: taskSet.pendingCount ?? 0,
    running: taskSet.runningCount ?? 0,
    isSteady: taskSet.stabilityStatus === 'STEADY_STATE',
    tags: toTags(taskSet.tags),
    settings: toSettings(taskSet),
  };
}

/**
 * Returns the settings. CreateTaskSet takes a launch type or a capacity provider strategy, but a task set may show
 * both.
 */
function toSettings(taskSet: AwsTaskSet): Settings {
  const { capacityProviderStrategy = [], launchType, platformVersion } = taskSet;
  const { networkConfiguration, serviceRegistries = [], loadBalancers = [] } = taskSet;
  return {
    taskDefinition: taskSet.taskDefinition ?? '',
    loadBalancers: loadBalancers.flatMap(({ targetGroupArn, containerName, containerPort }): Attachment[] =>
      targetGroupArn === undefined ? [] : [{ targetGroupArn, containerName, containerPort }],
    ),
    ...(networkConfiguration && { networkConfiguration }),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(serviceRegistries.length > 0 && { serviceRegistries }),
    ...(capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : launchType && { launchType }),
  };
}
