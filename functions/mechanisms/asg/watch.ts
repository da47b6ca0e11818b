import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import type { Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import type { Group, Refresh } from './autoscaling.ts';

/** What Verify looks at after the group went back. Desired counts never go down: the most that anybody has asked for. */
export function watchOf(
  group: Group,
  targetGroups: readonly TargetGroup[],
  newest: Refresh | null,
  { trigger }: Request,
): Watch {
  const { alarms, probes } = readSettings(group.tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return {
    targetGroups: targetGroups
      .filter(({ isUsed }) => isUsed)
      .map(({ arn }) => ({ arn, wanted: fewest(group) })),
    alarms: [...new Set([...(newest?.alarms ?? []), ...alarms, ...triggering])],
    probes,
  };
}

/** As few instances as can make up the desired capacity: those of the type that weighs most. */
function fewest({ desired, policy }: Group): number {
  const weights = (policy?.LaunchTemplate?.Overrides ?? []).map(({ WeightedCapacity }) =>
    Number(WeightedCapacity ?? 1),
  );
  return Math.ceil(desired / Math.max(1, ...weights));
}
