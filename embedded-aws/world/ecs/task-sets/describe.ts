import type { TaskSet as TaskSetOutput } from '@aws-sdk/client-ecs';
import { fromTags } from '../answer.ts';
import { now, tasksOf, type EcsState } from '../state.ts';
import { shownWorkload } from '../services/workload.ts';
import { fargateVersion } from '../tasks/describe.ts';
import { tally } from '../tasks/tally.ts';
import { isSteady } from './keep.ts';
import { computedDesiredCount } from './task-set.ts';
import type { TaskSet } from '../model.ts';

/** Returns a task set as DescribeTaskSets and DescribeServices show it, without its tags. */
export function describeTaskSet(ecs: EcsState, set: TaskSet): TaskSetOutput {
  const { service, rollout, startedBy, externalId } = set;
  const { platformVersion, ...shown } = shownWorkload(rollout.revision.workload);
  const counts = tally(tasksOf(ecs, service).filter((task) => task.rollout === rollout));
  return {
    id: set.id,
    taskSetArn: set.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...(startedBy !== undefined && { startedBy }),
    ...(externalId !== undefined && { externalId }),
    status: set.status,
    computedDesiredCount: computedDesiredCount(set),
    pendingCount: counts.pending,
    runningCount: counts.running,
    createdAt: set.createdAt,
    updatedAt: set.updatedAt,
    ...shown,
    ...(platformVersion !== undefined && { platformVersion: fargateVersion(platformVersion) }),
    scale: { value: set.scale, unit: 'PERCENT' },
    stabilityStatus: isSteady(ecs, set) ? 'STEADY_STATE' : 'STABILIZING',
    stabilityStatusAt: now(ecs),
  };
}

export function describeTags({ tags }: TaskSet): Pick<TaskSetOutput, 'tags'> {
  return { tags: fromTags(tags) };
}
