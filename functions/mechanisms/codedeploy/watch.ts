import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import type { Tags, Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import type { CodeDeploy, Group } from './codedeploy.ts';
import type { Rollout } from './survey.ts';

/** What Verify looks at after the group went back. */
export async function watchOf(
  group: Group,
  tags: Tags,
  rollout: Rollout,
  targetGroups: readonly TargetGroup[],
  { trigger }: Request,
  codedeploy: Pick<CodeDeploy, 'size'>,
): Promise<Watch> {
  const { alarms, probes } = readSettings(tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return {
    targetGroups: await watchedGroups(group, rollout, targetGroups, codedeploy),
    alarms: [...new Set([...group.alarms, ...alarms, ...triggering])],
    probes,
  };
}

/** As many instances as the last deployment that went well had brought its revision to. */
async function watchedGroups(
  group: Group,
  { releases }: Rollout,
  targetGroups: readonly TargetGroup[],
  codedeploy: Pick<CodeDeploy, 'size'>,
): Promise<Watch['targetGroups']> {
  const used = targetGroups.filter(({ isUsed }) => isUsed);
  if (used.length === 0) return [];
  const last = releases.find(({ status }) => status === 'Succeeded') ?? releases[0];
  const wanted = last === undefined ? 1 : await codedeploy.size(group, last.id);
  return used.map(({ arn }) => ({ arn, wanted: Math.max(1, wanted) }));
}
