import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import type { Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Group, Refresh } from './autoscaling.ts';

/** Returns what Verify checks after the rollback. The present desired count is the highest: it never decreases. */
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

/** Returns the fewest instances that make up the desired capacity: all of the type that weighs most. */
export function fewest({ desired, policy }: Group): number {
  const weights = (policy?.LaunchTemplate?.Overrides ?? []).map(({ WeightedCapacity }) =>
    Number(WeightedCapacity ?? 1),
  );
  return Math.ceil(desired / Math.max(1, ...weights));
}
