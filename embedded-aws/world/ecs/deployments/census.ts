import type { Rollout, Service } from '../model.ts';
import type { Task } from '../tasks/task.ts';
import { tasksOf, type EcsState } from '../state.ts';
import { isHealthy } from '../tasks/health.ts';

/** The tasks of one or more rollouts that should run, by condition. */
export interface Census {
  readonly healthy: readonly Task[];
  /** Starting, or not yet judged. */
  readonly waiting: readonly Task[];
  /** Unhealthy, to be replaced. */
  readonly condemned: readonly Task[];
}

export function countTasks(ecs: EcsState, service: Service, of: (rollout: Rollout) => boolean): Census {
  const active = tasksOf(ecs, service).filter((task) => of(task.rollout) && task.desiredStatus === 'RUNNING');
  const condemned = active.filter((task) => task.condemned !== undefined);
  const healthy = active.filter((task) => isHealthy(ecs, task));
  const waiting = active.filter((task) => !condemned.includes(task) && !healthy.includes(task));
  return { healthy, waiting, condemned };
}

/** Returns whether another rollout still has a task: running, draining or ending. */
export function othersRemain(ecs: EcsState, service: Service, lead: Rollout): boolean {
  return tasksOf(ecs, service).some((task) => task.rollout !== lead && task.lastStatus !== 'DEPROVISIONING');
}

/** Returns whether all desired tasks are healthy and the rollout has no others. */
export function isFull(ecs: EcsState, service: Service, rollout: Rollout): boolean {
  const { healthy, waiting, condemned } = countTasks(ecs, service, (one) => one === rollout);
  return healthy.length === service.desiredCount && waiting.length + condemned.length === 0;
}
