import { createHash } from 'node:crypto';
import {
  CreateTaskSetCommand,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { describeTaskSets } from './read.ts';
import type { TaskSets } from './task-sets.ts';
import { toTaskSet } from './from-aws.ts';

const FULL = { value: 100, unit: 'PERCENT' } as const;

/** Binds the calls to a client. */
export function createTaskSets(client: Pick<ECSClient, 'send'>): TaskSets {
  return {
    of: describeTaskSets(client),

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
 * Returns a client token. An external id of Lastgood exceeds its limit of 36 characters.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
function tokenOf(externalId: string): string {
  return createHash('sha256').update(externalId).digest('hex').slice(0, 32);
}
