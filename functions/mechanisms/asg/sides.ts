import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import { metersOf } from './meters.ts';
import { survey, type Clients } from './survey.ts';
import { fewest } from './watch.ts';

/**
 * Reads the sides of an instance refresh. Both sides register their instances in the same target groups, so no metric
 * measures one of them alone: there is no concurrent control. Every refresh of the account begins with an event, so a
 * group that is not followed costs one call.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const { autoscaling } = clients;
    const group = await autoscaling.group(groupOf(followed.target));
    if (group === null) return { state: 'none', reason: 'There is no such Auto Scaling group.' };
    if (readSettings(group.tags).lookout === 'off')
      return { state: 'none', reason: 'The group has no tag lastgood:lookout.' };
    const known = { ...clients, autoscaling: { ...autoscaling, group: () => Promise.resolve(group) } };
    const { targetGroups, recent } = await survey(plannable(followed, clients.now()), known);
    const groups = targetGroups.filter(({ isUsed }) => isUsed).map(({ arn }) => arn);
    const plan = { tags: group.tags, recent, meters: metersOf(group, targetGroups) };
    return sidesFrom(plan, followed, () => ({ groups, wanted: fewest(group) }));
  };
}
