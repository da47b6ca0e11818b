import type { Rollout, Service, ServiceDeployment, Stage } from '../model.ts';
import { now, tasksOf, type EcsState } from '../state.ts';
import { isFull } from './census.ts';
import { holdAt } from './hooks.ts';
import { rollbackCandidate } from './rollback.ts';
import { shiftProduction, shiftTest } from './traffic.ts';
import { nextWeight, stepBakeMinutes } from './weights.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html, `lifecycleStage` */
const ORDER: readonly Stage[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
];

/**
 * Returns the stage after the present one; undefined after CLEAN_UP. A linear or canary deployment repeats the
 * production shift, and the stage before it, for every step. If more than one revision runs at the start, the
 * deployment reconciles them first.
 */
export function nextStage({ stage, productionWeight, sources }: ServiceDeployment): Stage | undefined {
  if (stage === undefined) return sources.length > 1 ? 'RECONCILE_SERVICE' : 'PRE_SCALE_UP';
  if (stage === 'PRODUCTION_TRAFFIC_SHIFT' && productionWeight < 100) return 'PRE_PRODUCTION_TRAFFIC_SHIFT';
  return ORDER[ORDER.indexOf(stage) + 1];
}

export function enterStage(
  ecs: EcsState,
  service: Service,
  deployment: ServiceDeployment,
  stage: Stage,
): void {
  deployment.stage = stage;
  deployment.stageSince = now(ecs).getTime();
  deployment.updatedAt = now(ecs);
  if (stage === 'RECONCILE_SERVICE') reconcile(ecs, service, deployment);
  if (stage === 'SCALE_UP') deployment.target.scaled = true;
  if (stage === 'TEST_TRAFFIC_SHIFT') shiftTest(ecs, deployment, 100);
  if (stage === 'PRODUCTION_TRAFFIC_SHIFT') shiftProduction(ecs, deployment, nextWeight(deployment));
  if (stage === 'CLEAN_UP') for (const source of deployment.sources) source.scaled = false;
  holdAt(ecs, deployment, stage);
}

export function isStageDone(ecs: EcsState, service: Service, deployment: ServiceDeployment): boolean {
  const minutes = (now(ecs).getTime() - deployment.stageSince) / 60_000;
  switch (deployment.stage) {
    case 'RECONCILE_SERVICE':
      return deployment.sources.every((one) => one.scaled || !hasTasks(ecs, service, one));
    case 'SCALE_UP':
      return isFull(ecs, service, deployment.target);
    case 'PRODUCTION_TRAFFIC_SHIFT':
      return deployment.productionWeight === 100 || minutes >= stepBakeMinutes(deployment);
    case 'BAKE_TIME':
      return minutes >= (deployment.configuration.bakeTimeInMinutes ?? 0);
    case 'CLEAN_UP':
      return deployment.sources.every((one) => !hasTasks(ecs, service, one));
    default:
      return true;
  }
}

/** Removes the remains of a superseded deployment. The revision in production stays, and gets all the traffic back. */
function reconcile(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const inProduction = rollbackCandidate(service, deployment.target);
  for (const source of deployment.sources) source.scaled = source === inProduction;
  shiftProduction(ecs, deployment, 0);
}

function hasTasks(ecs: EcsState, service: Service, rollout: Rollout): boolean {
  return tasksOf(ecs, service).some(
    (task) => task.rollout === rollout && task.lastStatus !== 'DEPROVISIONING',
  );
}
