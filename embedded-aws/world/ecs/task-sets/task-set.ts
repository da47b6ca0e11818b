import type { Service as ServiceOutput } from '@aws-sdk/client-ecs';
import type { TaskSet } from '../model.ts';

/** What a task set is made with, as CreateTaskSet takes it. */
export type Settings = Pick<
  ServiceOutput,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'loadBalancers'
  | 'serviceRegistries'
> & { readonly taskDefinition: string };

/** Always rounded up. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html */
export function computedDesiredCount({ service, scale, status }: TaskSet): number {
  return status === 'DRAINING' ? 0 : Math.ceil((service.desiredCount * scale) / 100);
}
