import { taskSetNotFound } from '../errors.ts';
import type { Service, TaskSet } from '../model.ts';

/** Finds a task set by ARN or id. */
export function findTaskSet({ taskSets }: Service, name = ''): TaskSet | undefined {
  return taskSets.find(({ arn, id }) => arn === name || id === name);
}

/** @throws AwsError TaskSetNotFoundException */
export function getTaskSet(service: Service, name?: string): TaskSet {
  const set = findTaskSet(service, name);
  if (set === undefined) throw taskSetNotFound();
  return set;
}
