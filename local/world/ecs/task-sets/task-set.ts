import type { Service as ServiceOutput } from '@aws-sdk/client-ecs';
import type { Rollout, Service, Tags } from '../model.ts';

/** One side of a service whose deployments are somebody else's: CodeDeploy's, or those of an external controller. */
export interface TaskSet {
  /** Begins with `ecs-svc/`. */
  readonly id: string;
  readonly arn: string;
  readonly service: Service;
  /** Its tasks belong to this; nothing of a service deployment is behind it. */
  readonly rollout: Rollout;
  readonly startedBy?: string;
  readonly externalId?: string;
  readonly clientToken?: string;
  readonly tags: Tags;
  readonly createdAt: Date;
  updatedAt: Date;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  /** Per cent of the service's desired count. */
  scale: number;
}

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
