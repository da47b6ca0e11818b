import type { Task } from './task.ts';

export interface Tally {
  readonly running: number;
  readonly pending: number;
  /** Returns the tasks that are not to stop. */
  readonly wanted: number;
}

/** Counts tasks as services and deployments show them. Draining or ending tasks are neither running nor pending. */
export function tally(tasks: readonly Task[]): Tally {
  const count = (matches: (task: Task) => boolean): number => tasks.filter(matches).length;
  return {
    running: count(({ lastStatus }) => lastStatus === 'RUNNING'),
    pending: count(({ lastStatus }) => lastStatus === 'PROVISIONING' || lastStatus === 'PENDING'),
    wanted: count(({ desiredStatus }) => desiredStatus === 'RUNNING'),
  };
}
