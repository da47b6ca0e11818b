import { DescribeTaskSetsCommand, type ECSClient, type TaskSet as AwsTaskSet } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../../src/aws/errors.ts';
import { newestFirst } from '../list-deployments.ts';
import type { TaskSet, TaskSets } from './task-sets.ts';
import { toTaskSet } from './from-aws.ts';

export function describeTaskSets(client: Pick<ECSClient, 'send'>): TaskSets['of'] {
  return async ({ cluster, service }) => {
    const input = { cluster, service, include: ['TAGS' as const] };
    try {
      const { taskSets } = await client.send(new DescribeTaskSetsCommand(input));
      return setsIn(taskSets);
    } catch (error) {
      // `service` shows whether the service exists.
      if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
      throw error;
    }
  };
}

/** Returns the task sets of an answer that are not DRAINING, newest first. */
export function setsIn(taskSets: readonly AwsTaskSet[] = []): readonly TaskSet[] {
  return newestFirst(taskSets.filter(({ status }) => status !== 'DRAINING').map(toTaskSet));
}
