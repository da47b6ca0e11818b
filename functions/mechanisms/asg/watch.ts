import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import type { Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Group, Refresh } from './autoscaling.ts';

/** What Verify looks at after the group went back. Desired counts never go down: the most that anybody has asked for. */
export function watchOf(
  group: Group,
  targetGroups: readonly TargetGroup[],
  newest: Refresh | null,
  request: Request,
): Watch {
  const watched = targetGroups
    .filter(({ isUsed }) => isUsed)
    .map(({ arn }) => ({ arn, wanted: fewest(group) }));
  return watchFor(group.tags, request, watched, newest?.alarms);
}

/** As few instances as can make up the desired capacity: those of the type that weighs most. */
function fewest({ desired, policy }: Group): number {
  const weights = (policy?.LaunchTemplate?.Overrides ?? []).map(({ WeightedCapacity }) =>
    Number(WeightedCapacity ?? 1),
  );
  return Math.ceil(desired / Math.max(1, ...weights));
}
