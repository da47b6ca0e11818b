import { DescribeTaskSetsCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../../src/aws/errors.ts';
import type { TaskSets } from './task-sets.ts';
import { toTaskSets } from './from-aws.ts';

export function describeTaskSets(client: Pick<ECSClient, 'send'>): TaskSets['of'] {
  return async ({ cluster, service }) => {
    const input = { cluster, service, include: ['TAGS' as const] };
    try {
      return toTaskSets((await client.send(new DescribeTaskSetsCommand(input))).taskSets);
    } catch (error) {
      // `service` shows whether the service exists.
      if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
      throw error;
    }
  };
}
