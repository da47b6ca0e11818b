import type { Service } from '@aws-sdk/client-ecs';
import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';

const find = findIn(ECS);

/**
 * Says how AWS itself ends a bad deployment. Only ECS's own deployments have a circuit breaker and alarms of the service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function ofProtection({ deploymentController, deploymentConfiguration }: Service): readonly Finding[] {
  if ((deploymentController?.type ?? 'ECS') !== 'ECS') return [];
  const { deploymentCircuitBreaker, alarms } = deploymentConfiguration ?? {};
  return [
    ...(deploymentCircuitBreaker?.enable === true && deploymentCircuitBreaker.rollback === true
      ? []
      : [
          find(
            'breaker-off',
            deploymentCircuitBreaker?.enable === true
              ? 'The circuit breaker of the service ends a failing deployment, and does not roll it back.'
              : 'The service has no circuit breaker, so ECS starts failing tasks for ever.',
            'Switch it on: deploymentCircuitBreaker={enable=true,rollback=true} in aws ecs update-service.',
          ),
        ]),
    ...(alarms?.enable === true && (alarms.alarmNames ?? []).length > 0
      ? []
      : [
          find(
            'deployment-alarms-off',
            'No alarm watches the deployments of the service, so ECS does not end one that hurts users.',
            'Name the alarms of the service in deploymentConfiguration.alarms of aws ecs update-service.',
          ),
        ]),
  ];
}

/**
 * Says whether the old side outlives the shift, so that going back only moves traffic.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function ofBake({ deploymentController, deploymentConfiguration }: Service): readonly Finding[] {
  if ((deploymentController?.type ?? 'ECS') !== 'ECS') return [];
  const { strategy = 'ROLLING', bakeTimeInMinutes = 0 } = deploymentConfiguration ?? {};
  if (strategy === 'ROLLING' || bakeTimeInMinutes > 0) return [];
  return [
    find(
      'blue-gone-at-once',
      `The ${strategy} deployments of the service have no bake time, so the old tasks are gone when harm shows.`,
      'Set bakeTimeInMinutes to the minutes after which your alarms would have turned, such as 10.',
    ),
  ];
}
