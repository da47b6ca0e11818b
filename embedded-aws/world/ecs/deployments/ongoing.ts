import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { Rollout, Service, ServiceDeployment } from '../model.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html lists the completed states. */
const ENDED: readonly ServiceDeploymentStatus[] = [
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
];

/** Returns the service deployment in progress: at most one, the newest. */
export function ongoing(service: Service): ServiceDeployment | undefined {
  const newest = service.deployments.at(-1);
  return newest && !ENDED.includes(newest.status) ? newest : undefined;
}

export function primary(service: Service): Rollout | undefined {
  return service.rollouts.find(({ status }) => status === 'PRIMARY');
}
