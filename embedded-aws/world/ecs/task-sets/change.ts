import { invalid } from '../errors.ts';
import { lookSoon } from '../scheduler.ts';
import { now, type EcsState } from '../state.ts';
import type { TaskSet } from '../model.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateTaskSet.html */
export function scaleTaskSet(ecs: EcsState, set: TaskSet, percent: number): void {
  if (!(percent >= 0 && percent <= 100)) throw invalid('The scale value must be between 0 and 100.');
  if (set.status === 'DRAINING') throw invalid('The task set is DRAINING.');
  set.scale = percent;
  touch(ecs, set);
}

/** Makes a task set PRIMARY; the others are ACTIVE. Moves no traffic: the controller sets the listener. */
export function makePrimary(ecs: EcsState, set: TaskSet): void {
  if (set.status === 'DRAINING') throw invalid('The task set is DRAINING.');
  const before = set.service.taskSets.find(({ status }) => status === 'PRIMARY');
  if (before === set) return;
  if (before !== undefined) {
    before.status = 'ACTIVE';
    before.updatedAt = now(ecs);
  }
  set.status = 'PRIMARY';
  touch(ecs, set);
}

/**
 * Deletes a task set after its tasks drained and stopped. Unless forced, it must be scaled to zero first. Assumed, as
 * the reference does not say: the PRIMARY one cannot be deleted.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskSet.html
 */
export function deleteTaskSet(ecs: EcsState, set: TaskSet, force: boolean): void {
  if (set.status === 'PRIMARY') throw invalid('The primary task set cannot be deleted.');
  if (!force && set.scale > 0) throw invalid('The task set is not scaled down to zero.');
  set.status = 'DRAINING';
  touch(ecs, set);
}

function touch(ecs: EcsState, set: TaskSet): void {
  set.updatedAt = now(ecs);
  lookSoon(ecs, set.service);
}
