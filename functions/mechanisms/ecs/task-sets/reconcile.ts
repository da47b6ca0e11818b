import type { Deployed, ObservedDeployment } from '../../../../src/targets/kind.ts';
import type { ObservedRevision } from '../../../../src/ledger/ledger.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { CodeDeploy, CodeDeployment } from '../code-deploy/code-deploy.ts';
import type { Service } from '../ecs.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { toRevision } from './revisions.ts';
import type { TaskSet } from './task-sets.ts';

/*
 * ECS sends no deployment events for task sets. CodeDeploy's events name deployment groups and are best effort. So the
 * sweep reads what serves now, and the task set is its deployment.
 */

/** Returns the task definition of a task set; null: the task set is gone, and its definition is unknown. */
export function deployed(
  sets: readonly TaskSet[],
  { tags, alarms }: Service,
  { deployment }: ObservedRevision,
): Deployed | null {
  const set = sets.find(({ arn }) => arn === deployment);
  if (set === undefined) return null;
  return { revision: toRevision(set.settings.taskDefinition), runs: standing(set, sets), tags, alarms };
}

/** Returns unclear while a newer task set exists, because an alarm may be about either. */
function standing(set: TaskSet, sets: readonly TaskSet[]): Deployed['runs'] {
  const isNewest = sets.every(({ createdAt }) => Date.parse(createdAt) <= Date.parse(set.createdAt));
  if (set.isPrimary) return isNewest && set.isSteady ? 'alone' : 'unclear';
  return sets.some(({ isPrimary }) => isPrimary) ? 'gone' : 'unclear';
}

/** Returns the serving task set, as a deployment that completed when it last changed, and what failed since then. */
export async function recentDeployments(
  sets: readonly TaskSet[],
  name: ServiceName,
  codeDeploy: Pick<CodeDeploy, 'deployment'>,
): Promise<readonly ObservedDeployment[]> {
  const target = `ecs:${name.cluster}/${name.service}`;
  const primary = sets.find((set) => set.isPrimary);
  if (primary === undefined) return [];
  const failed = await failedAmong(sets, codeDeploy);
  return [
    ...(primary.isSteady ? [asCompleted(target, primary)] : []),
    ...(failed === null ? [] : [asFailed(target, failed)]),
  ];
}

function asCompleted(target: string, { arn, updatedAt, settings }: TaskSet): ObservedDeployment {
  const { name } = toRevision(settings.taskDefinition);
  const reason = `the task set of ${name} is the primary one`;
  return { target, deployment: arn, state: 'completed', at: updatedAt, reason };
}

/** Returns a task set of CodeDeploy that is newer than the primary one, or null: it arrives, or was left by a failure. */
export function leftOverIn(sets: readonly TaskSet[]): TaskSet | null {
  const primary = sets.find((set) => set.isPrimary);
  if (primary === undefined) return null;
  const isNewer = (set: TaskSet) => isAfter(set.createdAt, primary.createdAt);
  return sets.find((set) => isNewer(set) && set.externalId?.startsWith('d-') === true) ?? null;
}

/**
 * Returns a failed CodeDeploy deployment that left its task set. CodeDeploy's events name the deployment group, not the
 * service. A task set that CodeDeploy rolled back is gone.
 */
async function failedAmong(
  sets: readonly TaskSet[],
  codeDeploy: Pick<CodeDeploy, 'deployment'>,
): Promise<CodeDeployment | null> {
  const { externalId = null } = leftOverIn(sets) ?? {};
  const deployment = externalId === null ? null : await codeDeploy.deployment(externalId);
  return deployment?.status === 'Failed' ? deployment : null;
}

function asFailed(target: string, { id, createdAt, finishedAt, reason }: CodeDeployment): ObservedDeployment {
  return { target, deployment: id, state: 'failed', at: finishedAt ?? createdAt, reason };
}
