import type { Instance } from '../../fleet/fleet.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Crew } from './crew.ts';
import { targetGroupsOf, type Ground } from './ground.ts';
import type { Step } from './lifecycle.ts';

/** Returns the original environment: the instances registered with the group's load balancer. */
export function originalOf(ground: Ground, { group }: Deployment): readonly Instance[] {
  const arns = targetGroupsOf(ground, group);
  return ground.fleet
    .tagged(group.settings.ec2TagFilters ?? [])
    .filter(({ id, port }) => arns.some((arn) => ground.targetGroups.state(arn, { id, port }) !== null));
}

/** Returns a copy of the original environment, or the instances that CreateDeployment names. */
export function replacementOf(
  { fleet }: Ground,
  { asked, group }: Deployment,
  original: number,
): readonly Instance[] {
  const { greenFleetProvisioningOption } = group.settings.blueGreenDeploymentConfiguration ?? {};
  if (greenFleetProvisioningOption?.action === 'DISCOVER_EXISTING')
    return fleet.tagged(asked.targetInstances?.tagFilters ?? []);
  const tagged = fleet.tagged(group.settings.ec2TagFilters ?? []);
  const [model] = tagged;
  // Before the first deployment no instance is in service, so all of the group's instances are available.
  const size = original || tagged.length;
  return model === undefined ? [] : fleet.launch(size, model.tags, model.port);
}

/** Runs a crew through its steps, all at once, then the next phase unless one failed. */
export function lead(
  crew: Crew,
  steps: (instance: Instance) => readonly Step[],
  desk: Pick<Desk, 'fail'>,
  next: () => void,
): void {
  if (crew.members.length === 0) {
    next();
    return;
  }
  crew.advance(crew.members.length, steps, () => {
    if (crew.count('InProgress') > 0) return;
    if (crew.count('Failed') === 0) {
      next();
      return;
    }
    desk.fail('HEALTH_CONSTRAINTS', 'Too many individual instances failed deployment.');
  });
}
