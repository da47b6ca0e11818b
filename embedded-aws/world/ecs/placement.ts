import { countFailure } from './circuit-breaker.ts';
import { isOnFargate, placeOnInstances, type NoRoom } from './container-instances.ts';
import { emitServiceAction } from './events.ts';
import { say } from './messages.ts';
import { holdLaunches } from './launch-throttle.ts';
import type { ContainerInstance, Rollout, Service } from './model.ts';
import { now, type EcsState } from './state.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html, the quota of vCPUs */
const NO_QUOTA: NoRoom = {
  line: "was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html */
const SAID_AGAIN_SECONDS = 6 * 3600;

const UNITS_OF_A_CPU = 1024;

/** The machine of a task. Fargate brings its own. */
export type Place = ContainerInstance | 'fargate';

/**
 * Returns places for as many of the wanted tasks as can be placed now, and records a failure if some cannot.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
 */
export function place(ecs: EcsState, service: Service, rollout: Rollout, wanted: number): readonly Place[] {
  if (isOnFargate(rollout.revision.workload)) {
    const places = Array.from(
      { length: Math.min(wanted, placeable(ecs, rollout)) },
      () => 'fargate' as const,
    );
    if (places.length < wanted) failToPlace(ecs, service, rollout, NO_QUOTA);
    else placed(service);
    return places;
  }
  const { places, noRoom } = placeOnInstances(ecs, service, rollout, wanted);
  if (noRoom === null) placed(service);
  else failToPlace(ecs, service, rollout, noRoom);
  return places;
}

/**
 * Returns how many more tasks of a rollout Fargate can place. An account quota limits the vCPUs in use at once; the
 * scenario sets the share of other workloads.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html, "Fargate On-Demand vCPU resource
 * count"
 */
function placeable(ecs: EcsState, rollout: Rollout): number {
  if (ecs.quota.vcpus === Infinity) return Infinity;
  const taken = [...ecs.tasks.values()]
    .filter(({ lastStatus, instance }) => lastStatus !== 'STOPPED' && instance === undefined)
    .reduce((sum, task) => sum + cpusOf(task.rollout), 0);
  return Math.max(0, Math.floor((ecs.quota.vcpus - taken) / cpusOf(rollout)));
}

/**
 * Records a task that could not be placed: it counts as failed to launch, and spaces out the next attempts. Assumed:
 * one failure per attempt, however many tasks are missing. Assumed: the event is as rare as the line, which ECS omits
 * until the cause is gone or six hours have passed. The captured event has no reason, and no other event is documented
 * for the quota. Unknown: placement-reason. Assumed: on machines it is the reason of RunTask's failures.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html, `failedTasks`
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 * Unknown: placement-attempt-count. Unknown: impaired-events-rate.
 */
function failToPlace(ecs: EcsState, service: Service, rollout: Rollout, { line, reason }: NoRoom): void {
  countFailure(service, rollout);
  holdLaunches(ecs, service, rollout);
  const at = now(ecs).getTime();
  if (service.unplacedAt !== undefined && at - service.unplacedAt < SAID_AGAIN_SECONDS * 1000) return;
  service.unplacedAt = at;
  say(ecs, service, line);
  emitServiceAction(ecs, service, 'SERVICE_TASK_PLACEMENT_FAILURE', reason);
}

/** Clears the record when the cause is gone, so that ECS reports the next failure. */
function placed(service: Service): void {
  delete service.unplacedAt;
}

function cpusOf({ revision }: Rollout): number {
  return Number(revision.workload.taskDefinition.registered.cpu ?? '256') / UNITS_OF_A_CPU;
}
