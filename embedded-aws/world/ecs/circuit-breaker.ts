import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { ongoing } from './deployments/ongoing.ts';
import type { Rollout, Service, ServiceDeployment } from './model.ts';

const MIN_THRESHOLD_TASKS = 3;
const MAX_THRESHOLD_TASKS = 200;

/**
 * Returns how many failures in a row end a deployment. Unless configured otherwise: half the present desired count, at
 * least 3 and at most 200. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html
 */
export function threshold(configuration: DeploymentConfiguration, desiredCount: number): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } =
    configuration.deploymentCircuitBreaker?.thresholdConfiguration ?? {};
  if (type === 'COUNT') return value;
  const share = Math.ceil((desiredCount * value) / 100);
  return type === 'BOUNDED_PERCENT'
    ? Math.min(Math.max(share, MIN_THRESHOLD_TASKS), MAX_THRESHOLD_TASKS)
    : share;
}

/**
 * Counts a task that did not start or failed its health checks, while its rollout is in progress.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function countFailure(service: Service, rollout: Rollout): void {
  if (rollout.rolloutState !== 'IN_PROGRESS') return;
  rollout.failedTasks++;
  const breaker = breakerOver(service, rollout);
  if (breaker) breaker.failureCount = rollout.failedTasks;
}

/** Resets the count when a task is healthy, unless `resetOnHealthyTask` makes all failures count. */
export function countSuccess(service: Service, rollout: Rollout): void {
  const { resetOnHealthyTask = true } = service.configuration.deploymentCircuitBreaker ?? {};
  if (!resetOnHealthyTask || rollout.rolloutState !== 'IN_PROGRESS') return;
  rollout.failedTasks = 0;
  const breaker = breakerOver(service, rollout);
  if (breaker) breaker.failureCount = 0;
}

/** Returns whether the rollout in progress has failed too often. */
export function hasTripped(service: Service, deployment: ServiceDeployment, rollout: Rollout): boolean {
  if (deployment.configuration.deploymentCircuitBreaker?.enable !== true) return false;
  return rollout.failedTasks >= threshold(deployment.configuration, service.desiredCount);
}

/** Returns whether the breaker counts this deployment: it does not count a rollback. */
function breakerOver(service: Service, rollout: Rollout): ServiceDeployment['breaker'] | undefined {
  const deployment = ongoing(service);
  return deployment?.target === rollout && deployment.rollback === undefined ? deployment.breaker : undefined;
}
