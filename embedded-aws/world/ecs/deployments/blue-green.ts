import { hasTripped } from '../circuit-breaker.ts';
import { mayLaunch } from '../launch-throttle.ts';
import type { Rollout, Service, ServiceDeployment } from '../model.ts';
import { now, tasksOf, type EcsState } from '../state.ts';
import { launchMany, stopMany } from '../tasks/batches.ts';
import { countTasks, isFull } from './census.ts';
import { completeDeployment } from './complete.ts';
import { isHeld } from './hooks.ts';
import { failRollback } from './rollback.ts';
import { enterStage, isStageDone, nextStage } from './stages.ts';
import { shiftProduction, shiftTest } from './traffic.ts';

/**
 * Advances a blue/green, linear or canary deployment stage by stage. Waits where a stage or a hook is not done.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export function advanceBlueGreen(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  if (deployment.stage !== undefined) {
    if (isHeld(ecs, deployment) || !isStageDone(ecs, service, deployment)) return;
  }
  const next = nextStage(deployment);
  if (next) enterStage(ecs, service, deployment, next);
  else completeDeployment(ecs, service, deployment);
}

/**
 * Rolls back: the old revision gets all the traffic once it has all its tasks, which it keeps until CLEAN_UP. Then the
 * new one is removed. AWS documents no stages for it; production traffic shifts, then ECS cleans up.
 */
export function advanceBlueGreenBack(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const to = deployment.rollback?.to;
  if (to === undefined) return;
  const { target } = deployment;
  to.scaled = true;
  if (target.scaled) {
    if (hasTripped(service, deployment, to)) failRollback(ecs, service, deployment, to);
    else if (isFull(ecs, service, to)) giveBackTraffic(ecs, service, deployment);
  } else if (!hasTasks(ecs, service, target)) {
    completeDeployment(ecs, service, deployment);
  }
}

function giveBackTraffic(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  deployment.stage = 'CLEAN_UP';
  shiftProduction(ecs, deployment, 0);
  shiftTest(ecs, deployment, 0);
  deployment.target.scaled = false;
  deployment.updatedAt = now(ecs);
  stopMany(ecs, service, everyTask(ecs, service, deployment.target));
}

/** Gives every scaled revision the desired count and the others none. Both run side by side. */
export function keepBlueGreen(ecs: EcsState, service: Service): void {
  for (const rollout of service.rollouts) {
    if (!rollout.scaled && rollout.status === 'INACTIVE') continue;
    keepRollout(ecs, service, rollout);
  }
}

function keepRollout(ecs: EcsState, service: Service, rollout: Rollout): void {
  const wanted = rollout.scaled ? service.desiredCount : 0;
  const { healthy, waiting, condemned } = countTasks(ecs, service, (one) => one === rollout);
  const fit = [...waiting, ...healthy];
  stopMany(ecs, service, [...condemned, ...fit.slice(0, Math.max(0, fit.length - wanted))]);
  if (mayLaunch(ecs, rollout)) launchMany(ecs, service, rollout, Math.max(0, wanted - fit.length));
}

function everyTask(ecs: EcsState, service: Service, rollout: Rollout) {
  const { healthy, waiting, condemned } = countTasks(ecs, service, (one) => one === rollout);
  return [...healthy, ...waiting, ...condemned];
}

function hasTasks(ecs: EcsState, service: Service, rollout: Rollout): boolean {
  return tasksOf(ecs, service).some(
    (task) => task.rollout === rollout && task.lastStatus !== 'DEPROVISIONING',
  );
}
