import type { Instant } from '../../../../src/rollback/request.ts';
import type { Service } from '../ecs.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';

/** What is being rolled out: a revision in a service's `deployments`, or a task set. */
export interface Side {
  /** `ecs-svc/…`: its tasks name it as what started them. */
  readonly id: string;
  readonly since: Instant;
  readonly wanted: number;
  readonly pending: number;
  readonly running: number;
  /** Failures in a row by ECS's own count; 0 for task sets, of which ECS counts none. */
  readonly failedTasks: number;
}

/**
 * Returns what ECS itself is rolling out; null: nothing. An entry without a state may be on its way: the service deployment
 * says so.
 */
export function rolloutSide({ rollouts }: Service): Side | null {
  const lead = rollouts.find(({ isPrimary }) => isPrimary);
  if (lead === undefined || (lead.state ?? 'IN_PROGRESS') !== 'IN_PROGRESS') return null;
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

/** That tasks name their task set's id as what started them is assumed: API_Task speaks of a deployment's id only. */
export function sideOf({ id, createdAt: since, wanted, pending, running }: TaskSet): Side {
  return { id, since, wanted, pending, running, failedTasks: 0 };
}
