import type { Surroundings } from '../../aws.ts';
import type { Bundles } from '../../fleet/bundles.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { TargetGroups } from '../../seams.ts';
import type { Group } from '../model.ts';

/** The services that deployments to instances depend on. */
export interface Ground {
  readonly clock: Surroundings['clock'];
  readonly fleet: Fleet;
  readonly bundles: Bundles;
  readonly targetGroups: Pick<TargetGroups, 'register' | 'deregister' | 'state'>;
  /** Returns the ARN of a target group by its name, or null: deployment groups hold no ARNs. */
  readonly targetGroupArn: (name: string) => string | null;
}

/**
 * Returns the target groups that a group's deployments deregister instances from and register them with; none without
 * traffic control.
 */
export function targetGroupsOf({ targetGroupArn }: Ground, { settings }: Group): readonly string[] {
  if (settings.deploymentStyle?.deploymentOption !== 'WITH_TRAFFIC_CONTROL') return [];
  const infos = settings.loadBalancerInfo?.targetGroupInfoList ?? [];
  return infos.flatMap(({ name = '' }) => targetGroupArn(name) ?? []);
}
