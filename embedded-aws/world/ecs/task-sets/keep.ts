import { countTasks, type Census } from '../deployments/census.ts';
import { mayLaunch } from '../launch-throttle.ts';
import type { Service, TaskSet } from '../model.ts';
import { tasksOf, type EcsState } from '../state.ts';
import { launchMany, stopMany } from '../tasks/batches.ts';
import { computedDesiredCount } from './task-set.ts';

/** Starts and stops the tasks of every task set towards its share of the desired count. */
export function keepTaskSets(ecs: EcsState, service: Service): void {
  for (const set of service.taskSets) keep(ecs, set);
  const alive = new Set(tasksOf(ecs, service).map(({ rollout }) => rollout));
  const gone = service.taskSets.filter((set) => set.status === 'DRAINING' && !alive.has(set.rollout));
  for (const set of gone) service.taskSets.splice(service.taskSets.indexOf(set), 1);
}

/** Returns whether all its tasks are healthy and it has no others. */
export function isSteady(ecs: EcsState, set: TaskSet): boolean {
  const { healthy, waiting, condemned } = censusOf(ecs, set);
  return healthy.length === computedDesiredCount(set) && waiting.length + condemned.length === 0;
}

function keep(ecs: EcsState, set: TaskSet): void {
  const { service, rollout } = set;
  const wanted = computedDesiredCount(set);
  const { healthy, waiting, condemned } = censusOf(ecs, set);
  const good = [...healthy, ...waiting];
  stopMany(ecs, service, [...condemned, ...good.slice(wanted)]);
  if (mayLaunch(ecs, rollout)) launchMany(ecs, service, rollout, Math.max(0, wanted - good.length));
}

function censusOf(ecs: EcsState, { service, rollout }: TaskSet): Census {
  return countTasks(ecs, service, (one) => one === rollout);
}
