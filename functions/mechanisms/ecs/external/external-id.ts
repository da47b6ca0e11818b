import { REHEARSAL_PREFIX } from '../../../../src/rollback/rehearsal-prefix.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';

const PREFIX = 'lastgood-';

/** Returns the external id of a new task set. It contains the execution, so that a retry finds the task set. */
export function externalIdOf(execution: string): string {
  return `${PREFIX}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

/** Says whether Lastgood created a task set. */
export function isOwn({ externalId }: TaskSet): boolean {
  return externalId?.startsWith(PREFIX) === true;
}

/** Says whether a task set is a way back by Lastgood. A rehearsal does not go back from harm. */
export function isWayBack(set: TaskSet): boolean {
  return isOwn(set) && set.externalId?.startsWith(`${PREFIX}${REHEARSAL_PREFIX}`) !== true;
}
