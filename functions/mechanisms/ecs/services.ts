import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import type { Service } from './ecs.ts';
import { toService } from './from-aws.ts';
import { toTaskSets } from './task-sets/from-aws.ts';
import type { TaskSet } from './task-sets/task-sets.ts';

/** The limit of one DescribeServices, for one cluster. */
export const MAX_SERVICES = 10;

/** A service with its task sets. */
export interface DescribedService {
  readonly name: ServiceName;
  readonly service: Service;
  /** Those of a service that ECS does not deploy itself, newest first. None is DRAINING. */
  readonly sets: readonly TaskSet[];
}

/** Reads many services at once. */
export interface Services {
  /** Reads MAX_SERVICES of a cluster at most, without those that ECS does not know. One call. */
  in(cluster: string, names: readonly string[], include?: 'TAGS'): Promise<readonly DescribedService[]>;
}

/**
 * A service shows its task sets too: "Information about a set of Amazon ECS tasks in either an CodeDeploy or an EXTERNAL
 * deployment" (API_Service, `taskSets`), without their tags.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
 */
export function createServices(client: Pick<ECSClient, 'send'>): Services {
  return {
    in: async (cluster, names, include) => {
      const input = { cluster, services: [...names], ...(include !== undefined && { include: [include] }) };
      try {
        const { services = [] } = await client.send(new DescribeServicesCommand(input));
        return services.map((one) => ({
          name: { cluster, service: one.serviceName ?? '' },
          service: toService(one),
          sets: toTaskSets(one.taskSets),
        }));
      } catch (error) {
        if (isNamed(error, 'ClusterNotFoundException')) return [];
        throw error;
      }
    },
  };
}
