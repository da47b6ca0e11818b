import type { Surroundings } from '../../aws.ts';
import type { Bundles } from '../../fleet/bundles.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { TargetGroups } from '../../seams.ts';
import type { Group } from '../model.ts';

/** What deployments to instances stand on. */
export interface Ground {
  readonly clock: Surroundings['clock'];
  readonly fleet: Fleet;
  readonly bundles: Bundles;
  readonly targetGroups: Pick<TargetGroups, 'register' | 'deregister' | 'state'>;
  /** The ARN of a target group by its name: deployment groups know no ARNs. Null: there is none. */
  readonly targetGroupArn: (name: string) => string | null;
}

/** The target groups that a group's deployments move instances out of and into; none without traffic control. */
export function targetGroupsOf({ targetGroupArn }: Ground, { settings }: Group): readonly string[] {
  if (settings.deploymentStyle?.deploymentOption !== 'WITH_TRAFFIC_CONTROL') return [];
  const infos = settings.loadBalancerInfo?.targetGroupInfoList ?? [];
  return infos.flatMap(({ name = '' }) => targetGroupArn(name) ?? []);
}
