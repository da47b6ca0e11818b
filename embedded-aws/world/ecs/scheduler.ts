import { hasTripped } from './circuit-breaker.ts';
import { hasAlarmed } from './deployments/alarms.ts';
import { advanceBlueGreen, advanceBlueGreenBack, keepBlueGreen } from './deployments/blue-green.ts';
import { countTasks, isFull, othersRemain } from './deployments/census.ts';
import { ongoing, primary } from './deployments/ongoing.ts';
import { failDeployment } from './deployments/rollback.ts';
import { advanceRolling, advanceRollingBack, keepRolling } from './deployments/rolling.ts';
import { startDeployment } from './deployments/start.ts';
import { emitServiceAction } from './events.ts';
import { say } from './messages.ts';
import type { Service, ServiceDeployment } from './model.ts';
import { tasksOf, type EcsState } from './state.ts';
import { keepTaskSets } from './task-sets/keep.ts';
import { stopMany } from './tasks/batches.ts';
import { observeHealth } from './tasks/health.ts';
import { endDrained } from './tasks/stop.ts';

/** Interval of the scheduler's looks at a service. AWS publishes none; its events are seconds apart. */
const LOOK_SECONDS = 5;
/** Delay after a request. Recorded deployments start within two seconds of their creation. */
const TAKE_UP_SECONDS = 1.5;

/** Schedules looks at a service until it is INACTIVE. */
export function schedule(ecs: EcsState, service: Service): void {
  const lookAgain = (): void => {
    look(ecs, service);
    if (service.status === 'INACTIVE') timer.cancel();
  };
  const timer = ecs.surroundings.clock.every(LOOK_SECONDS * 1000, lookAgain, true);
}

/** Schedules an early look after a request. */
export function lookSoon(ecs: EcsState, service: Service): void {
  ecs.surroundings.clock.after(TAKE_UP_SECONDS * 1000, () => look(ecs, service));
}

function look(ecs: EcsState, service: Service): void {
  if (service.status === 'INACTIVE') return;
  endDrained(ecs, service);
  if (service.status === 'DRAINING') {
    drain(ecs, service);
    return;
  }
  observeHealth(ecs, service);
  if (service.controller !== 'ECS') {
    keepTaskSets(ecs, service);
    return;
  }
  const deployment = ongoing(service);
  if (deployment) advance(ecs, service, deployment);
  keep(ecs, service);
  noticeSteadyState(ecs, service);
}

function advance(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const shifts = isShifted(deployment);
  switch (deployment.status) {
    case 'PENDING':
      startDeployment(ecs, service, deployment);
      return;
    case 'ROLLBACK_REQUESTED':
      failDeployment(ecs, service, deployment, deployment.rollbackAsked ?? 'user');
      return;
    case 'ROLLBACK_IN_PROGRESS':
      (shifts ? advanceBlueGreenBack : advanceRollingBack)(ecs, service, deployment);
      return;
    default:
      if (hasTripped(service, deployment, deployment.target))
        failDeployment(ecs, service, deployment, 'circuit-breaker');
      else if (hasAlarmed(ecs, deployment)) failDeployment(ecs, service, deployment, 'alarm');
      else (shifts ? advanceBlueGreen : advanceRolling)(ecs, service, deployment);
  }
}

function keep(ecs: EcsState, service: Service): void {
  const deployment = ongoing(service);
  const lead = primary(service);
  if (lead === undefined || deployment?.status === 'PENDING') return;
  if (deployment && isShifted(deployment)) keepBlueGreen(ecs, service);
  else keepRolling(ecs, service, lead);
}

function isShifted({ configuration }: ServiceDeployment): boolean {
  return (configuration.strategy ?? 'ROLLING') !== 'ROLLING';
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html#service-event-messages-steady */
function noticeSteadyState(ecs: EcsState, service: Service): void {
  const lead = primary(service);
  const steady =
    lead !== undefined &&
    ongoing(service) === undefined &&
    lead.rolloutState !== 'FAILED' &&
    isFull(ecs, service, lead) &&
    !othersRemain(ecs, service, lead);
  if (steady && !service.steady) {
    say(ecs, service, 'has reached a steady state.');
    emitServiceAction(ecs, service, 'SERVICE_STEADY_STATE');
  }
  service.steady = steady;
}

/**
 * Stops the tasks of a deleted service, which is DRAINING until its last task has stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
 */
function drain(ecs: EcsState, service: Service): void {
  const { healthy, waiting, condemned } = countTasks(ecs, service, () => true);
  stopMany(ecs, service, [...healthy, ...waiting, ...condemned]);
  if (tasksOf(ecs, service).length === 0) service.status = 'INACTIVE';
}
