import { createHash } from 'node:crypto';
import {
  CreateTaskSetCommand,
  DescribeTaskSetsCommand,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { isNamed } from '../../../../src/aws/errors.ts';
import { newestFirst } from '../list-deployments.ts';
import type { TaskSets } from './task-sets.ts';
import { toTaskSet } from './words.ts';

const FULL = { value: 100, unit: 'PERCENT' } as const;

/** Binds the calls to a client. */
export function createTaskSets(client: Pick<ECSClient, 'send'>): TaskSets {
  return {
    of: async ({ cluster, service }) => {
      const input = { cluster, service, include: ['TAGS' as const] };
      try {
        const { taskSets = [] } = await client.send(new DescribeTaskSetsCommand(input));
        return newestFirst(taskSets.filter(({ status }) => status !== 'DRAINING').map(toTaskSet));
      } catch (error) {
        // Whether the service is there is told by `service`.
        if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
        throw error;
      }
    },

    create: async ({ cluster, service }, { loadBalancers, ...settings }, externalId) => {
      const input = {
        cluster,
        service,
        ...settings,
        externalId,
        clientToken: tokenOf(externalId),
        scale: FULL,
      };
      const command = new CreateTaskSetCommand({ ...input, loadBalancers: [...loadBalancers] });
      const { taskSet = {} } = await client.send(command);
      return toTaskSet(taskSet);
    },

    scaleUp: async ({ cluster, service }, taskSet) => {
      await client.send(new UpdateTaskSetCommand({ cluster, service, taskSet, scale: FULL }));
    },

    makePrimary: async ({ cluster, service }, primaryTaskSet) => {
      await client.send(new UpdateServicePrimaryTaskSetCommand({ cluster, service, primaryTaskSet }));
    },
  };
}

/**
 * An id of ours is longer than the 36 characters that a client token may have.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
function tokenOf(externalId: string): string {
  return createHash('sha256').update(externalId).digest('hex').slice(0, 32);
}
