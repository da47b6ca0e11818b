import type { Instant } from '../../../../src/rollback/request.ts';
import type { Service } from '../ecs.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';

/** A rollout: a revision in a service's `deployments`, or a task set. */
export interface Side {
  /** `ecs-svc/…`: its tasks name it in `startedBy`. */
  readonly id: string;
  readonly since: Instant;
  readonly wanted: number;
  readonly pending: number;
  readonly running: number;
  /** Consecutive failures by ECS's own count; 0 for task sets, for which ECS has no count. */
  readonly failedTasks: number;
}

/**
 * Returns ECS's own rollout; null: there is none. An entry without a state may be in flight, which the service
 * deployment shows.
 */
export function rolloutSide({ rollouts }: Service): Side | null {
  const lead = rollouts.find(({ isPrimary }) => isPrimary);
  if (lead === undefined || (lead.state ?? 'IN_PROGRESS') !== 'IN_PROGRESS') return null;
  // Unknown: failed-tasks-without-breaker.
  const { id, createdAt: since, desired: wanted, pending, running, failedTasks } = lead;
  return { id, since, wanted, pending, running, failedTasks };
}

/**
 * Returns the newest task set while another one serves; null: the newest serves, is steady or is scaled to zero.
 * @param sets newest first
 */
export function taskSetSide(sets: readonly TaskSet[]): Side | null {
  const [newest] = sets;
  if (newest === undefined || newest.isPrimary || newest.isSteady || newest.wanted === 0) return null;
  return sideOf(newest);
}

/**
 * Returns the newest task set while another one serves, also once it is steady: it waits for the traffic. Null: the
 * newest serves, or is scaled to zero.
 * @param sets newest first
 */
export function arrivingSide(sets: readonly TaskSet[]): Side | null {
  const [newest] = sets;
  return newest === undefined || newest.isPrimary || newest.wanted === 0 ? null : sideOf(newest);
}

/**
 * Returns a side. Lastgood assumes that tasks name their task set in `startedBy`: API_Task documents only deployments.
 * Unknown: started-by-task-set.
 */
export function sideOf({ id, createdAt: since, wanted, pending, running }: TaskSet): Side {
  return { id, since, wanted, pending, running, failedTasks: 0 };
}
