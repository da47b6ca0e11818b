import { taskSetNotFound } from '../errors.ts';
import type { Service } from '../model.ts';
import type { TaskSet } from './task-set.ts';

/** By ARN or by id. */
export function findTaskSet({ taskSets }: Service, name = ''): TaskSet | undefined {
  return taskSets.find(({ arn, id }) => arn === name || id === name);
}

/** @throws AwsError TaskSetNotFoundException */
export function getTaskSet(service: Service, name?: string): TaskSet {
  const set = findTaskSet(service, name);
  if (set === undefined) throw taskSetNotFound();
  return set;
}
