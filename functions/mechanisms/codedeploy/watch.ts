import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import type { Tags, Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import type { Rollout } from './survey.ts';

/** Returns what Verify checks after the rollback. */
export async function watchOf(
  group: Group,
  tags: Tags,
  rollout: Rollout,
  targetGroups: readonly TargetGroup[],
  request: Request,
  codedeploy: Pick<CodeDeploy, 'size'>,
): Promise<Watch> {
  const watched = await watchedGroups(group, rollout, targetGroups, codedeploy);
  return watchFor(tags, request, watched, group.alarms);
}

/**
 * Expects as many instances as the last successful deployment reached. Its overview counts those of both environments, so
 * those of a blue/green deployment are listed.
 */
async function watchedGroups(
  group: Group,
  { releases }: Rollout,
  targetGroups: readonly TargetGroup[],
  codedeploy: Pick<CodeDeploy, 'size'>,
): Promise<Watch['targetGroups']> {
  const used = targetGroups.filter(({ isUsed }) => isUsed);
  if (used.length === 0) return [];
  const last = releases.find(({ status }) => status === 'Succeeded') ?? releases[0];
  const isCounted = last === undefined || (!group.isBlueGreen && last.size > 0);
  const wanted = isCounted ? (last?.size ?? 1) : await codedeploy.size(group, last.id);
  return used.map(({ arn }) => ({ arn, wanted: Math.max(1, wanted) }));
}
