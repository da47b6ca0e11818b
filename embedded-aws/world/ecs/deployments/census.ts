import type { Rollout, Service } from '../model.ts';
import type { Task } from '../tasks/task.ts';
import { tasksOf, type EcsState } from '../state.ts';
import { isHealthy } from '../tasks/health.ts';

/** The tasks of one rollout, or of several, that are wanted to run, by how they are. */
export interface Census {
  readonly healthy: readonly Task[];
  /** On their way to health: starting, or not yet judged. */
  readonly waiting: readonly Task[];
  /** Found unhealthy: to be replaced. */
  readonly condemned: readonly Task[];
}

export function countTasks(ecs: EcsState, service: Service, of: (rollout: Rollout) => boolean): Census {
  const active = tasksOf(ecs, service).filter((task) => of(task.rollout) && task.desiredStatus === 'RUNNING');
  const condemned = active.filter((task) => task.condemned !== undefined);
  const healthy = active.filter((task) => isHealthy(ecs, task));
  const waiting = active.filter((task) => !condemned.includes(task) && !healthy.includes(task));
  return { healthy, waiting, condemned };
}

/** Whether any task of another rollout still holds on: running, draining or ending. */
export function othersRemain(ecs: EcsState, service: Service, lead: Rollout): boolean {
  return tasksOf(ecs, service).some((task) => task.rollout !== lead && task.lastStatus !== 'DEPROVISIONING');
}

/** All the tasks that are wanted are healthy, and there are no others of this rollout. */
export function isFull(ecs: EcsState, service: Service, rollout: Rollout): boolean {
  const { healthy, waiting, condemned } = countTasks(ecs, service, (one) => one === rollout);
  return healthy.length === service.desiredCount && waiting.length + condemned.length === 0;
}
