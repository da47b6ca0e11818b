import type { TargetGroup } from '../../../src/aws/target-groups.ts';
import { groupMeters, targetGroupMeters } from '../../../src/rollback/meters.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import type { Group } from './autoscaling.ts';

/** Returns where CloudWatch keeps the numbers of a group and of its target groups. */
export function metersOf({ name }: Group, targetGroups: readonly TargetGroup[]): readonly Meter[] {
  const balanced = targetGroups.filter(({ isUsed, isHttp }) => isUsed && isHttp);
  return [...balanced.flatMap(({ arn }) => targetGroupMeters(arn)), ...groupMeters(name)];
}
