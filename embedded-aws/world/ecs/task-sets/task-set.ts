import type { Service as ServiceOutput } from '@aws-sdk/client-ecs';
import type { TaskSet } from '../model.ts';

/** The input of a new task set, as CreateTaskSet takes it. */
export type Settings = Pick<
  ServiceOutput,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'loadBalancers'
  | 'serviceRegistries'
> & { readonly taskDefinition: string };

/**
 * Returns the share of the desired count, always rounded up.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html
 */
export function computedDesiredCount({ service, scale, status }: TaskSet): number {
  return status === 'DRAINING' ? 0 : Math.ceil((service.desiredCount * scale) / 100);
}
