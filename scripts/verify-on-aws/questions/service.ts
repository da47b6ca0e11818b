import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import type { View } from './question.ts';

/** Reads the service of a part. @throws Error when it is gone */
export async function readService({ clients, outputs }: View, key: string): Promise<Service> {
  const { services = [] } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: outputs('Cluster'), services: [outputs(key)] }),
  );
  const [service] = services;
  if (service === undefined) throw new Error(`the service ${outputs(key)} is gone`);
  return service;
}
