import type { TaskSet } from '../task-sets/task-sets.ts';

const PREFIX = 'lastgood-';

/** What a task set of ours is called: by the execution that made it, so that a retry finds it. */
export function externalIdOf(execution: string): string {
  return `${PREFIX}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

export function isOurs({ externalId }: TaskSet): boolean {
  return externalId?.startsWith(PREFIX) === true;
}
