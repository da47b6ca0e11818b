import type { Deployed } from '../../../sweep/kind.ts';
import type { Sighting } from '../../../../src/ledger/ledger.ts';
import type { DeploymentSighting } from '../../../../src/targets/kind.ts';
import type { Service } from '../ecs.ts';
import { serviceOf, type ServiceName } from '../target.ts';
import { toRevision } from './revisions.ts';
import type { TaskSet, TaskSets } from './task-sets.ts';

/*
 * Of task sets ECS sends no deployment events, and CodeDeploy's are of deployment groups and best effort. What serves now
 * is therefore looked for, and its deployment is the task set.
 */

/** Which task definition a task set runs; null: the task set is gone, and with it what it ran. */
export async function deployed(
  taskSets: Pick<TaskSets, 'of'>,
  { tags, alarms }: Service,
  { target, deployment }: Sighting,
): Promise<Deployed | null> {
  const sets = await taskSets.of(serviceOf(target));
  const set = sets.find(({ arn }) => arn === deployment);
  if (set === undefined) return null;
  return { revision: toRevision(set.settings.taskDefinition), runs: standing(set, sets), tags, alarms };
}

/** While a newer one is there, nobody can say which of them an alarm is about. */
function standing(set: TaskSet, sets: readonly TaskSet[]): Deployed['runs'] {
  const isNewest = sets.every(({ createdAt }) => Date.parse(createdAt) <= Date.parse(set.createdAt));
  if (set.isPrimary) return isNewest && set.isSteady ? 'alone' : 'unclear';
  return sets.some(({ isPrimary }) => isPrimary) ? 'gone' : 'unclear';
}

/** The task set that serves, as a deployment that completed when it last changed. */
export function seen(sets: readonly TaskSet[], name: ServiceName): readonly DeploymentSighting[] {
  const primary = sets.find((set) => set.isPrimary && set.isSteady);
  if (primary === undefined) return [];
  const { name: revision } = toRevision(primary.settings.taskDefinition);
  return [
    {
      target: `ecs:${name.cluster}/${name.service}`,
      deployment: primary.arn,
      state: 'completed',
      at: primary.updatedAt,
      reason: `the task set of ${revision} is the primary one`,
    },
  ];
}
