import type { TaskSet } from '../task-sets/task-sets.ts';

const PREFIX = 'lastgood-';

/** Returns the external id of a new task set. It contains the execution, so that a retry finds the task set. */
export function externalIdOf(execution: string): string {
  return `${PREFIX}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

export function isOwn({ externalId }: TaskSet): boolean {
  return externalId?.startsWith(PREFIX) === true;
}
