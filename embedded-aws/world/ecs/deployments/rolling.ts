import type { ServiceEvent } from '@aws-sdk/client-ecs';
import { hasTripped } from '../circuit-breaker.ts';
import { say } from '../messages.ts';
import { mayLaunch } from '../launch-throttle.ts';
import type { Rollout, Service, ServiceDeployment } from '../model.ts';
import { now, type EcsState } from '../state.ts';
import { launchMany, stopMany } from '../tasks/batches.ts';
import { bakeMilliseconds } from './alarms.ts';
import { countTasks, isFull, othersRemain } from './census.ts';
import { completeDeployment } from './complete.ts';
import { ongoing } from './ongoing.ts';
import { failRollback } from './rollback.ts';
import { planRolling } from './rolling-plan.ts';

const BLOCKED =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration.';

/**
 * Completes a rolling deployment when all its tasks are healthy, the previous ones are gone, and its alarms' bake time
 * is over. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function advanceRolling(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const { target } = deployment;
  if (!isFull(ecs, service, target) || othersRemain(ecs, service, target)) {
    deployment.stageSince = now(ecs).getTime();
  } else if (now(ecs).getTime() >= deployment.stageSince + bakeMilliseconds(deployment)) {
    completeDeployment(ecs, service, deployment);
  }
}

/** Advances a rollback: a rolling deployment of the old revision. */
export function advanceRollingBack(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const to = deployment.rollback?.to;
  if (to === undefined) return;
  if (hasTripped(service, deployment, to)) failRollback(ecs, service, deployment, to);
  else if (isFull(ecs, service, to) && !othersRemain(ecs, service, to))
    completeDeployment(ecs, service, deployment);
}

/** Starts and stops tasks towards the desired count of the PRIMARY rollout, within the percentages. */
export function keepRolling(ecs: EcsState, service: Service, lead: Rollout): void {
  if (lead.rolloutState === 'FAILED') return;
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = service.configuration;
  const plan = planRolling({
    desired: service.desiredCount,
    minHealthy: Math.ceil((service.desiredCount * minimumHealthyPercent) / 100),
    maxTasks: Math.floor((service.desiredCount * maximumPercent) / 100),
    lead: countTasks(ecs, service, (one) => one === lead),
    old: countTasks(ecs, service, (one) => one !== lead),
    mayLaunch: mayLaunch(ecs, lead),
  });
  stopMany(ecs, service, plan.stop);
  launchMany(ecs, service, lead, plan.launch);
  if (plan.blocked) sayBlocked(ecs, service);
}

/**
 * Reports the block, once per deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
function sayBlocked(ecs: EcsState, service: Service): void {
  const { createdAt } = ongoing(service) ?? {};
  const isBlocked = ({ message }: ServiceEvent): boolean => message?.includes(BLOCKED) === true;
  const said = service.events.some(
    (one) => isBlocked(one) && createdAt && one.createdAt && one.createdAt > createdAt,
  );
  if (createdAt && !said)
    say(ecs, service, `${BLOCKED} Update the minimumHealthyPercent or maximumPercent value and try again.`);
}
