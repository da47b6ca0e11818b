import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Ecs } from './ecs.ts';
import { toDeployment, toService } from './from-aws.ts';

/* The reads of a trigger. With `createEcs` its bundle would contain every call. */

export function describeService(client: Pick<ECSClient, 'send'>): Ecs['service'] {
  return async ({ cluster, service }) => {
    try {
      const input = { cluster, services: [service], include: ['TAGS' as const] };
      const { services = [] } = await client.send(new DescribeServicesCommand(input));
      return services[0] === undefined ? null : toService(services[0]);
    } catch (error) {
      if (isNamed(error, 'ClusterNotFoundException')) return null;
      throw error;
    }
  };
}

export function describeDeployment(client: Pick<ECSClient, 'send'>): Ecs['deployment'] {
  return async (arn) => {
    const input = { serviceDeploymentArns: [arn] };
    const { serviceDeployments = [] } = await client.send(new DescribeServiceDeploymentsCommand(input));
    return serviceDeployments[0] === undefined ? null : toDeployment(serviceDeployments[0]);
  };
}
