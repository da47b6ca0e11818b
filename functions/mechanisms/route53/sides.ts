import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import type { Meter, Revision } from '../../../src/rollback/plan.ts';
import type { Behind } from './capacity.ts';
import { metersOf } from './meters.ts';
import { look } from './plan.ts';
import { survey, type Clients } from './survey.ts';

/**
 * Reads the sides of a change of weights, which is the deployment: the load balancers behind the records that got more
 * traffic, and those behind the records that had it before. DNS itself measures neither.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const rollback = plannable(followed, clients.now());
    const seen = await survey(rollback, clients);
    const { rollouts, recent, blame } = look(seen, rollback);
    const meters = metersOf(seen, rollouts, blame, clients.region);
    const groups = (revision: Revision) => ({ groups: groupsOf(seen.balancers, meters, revision) });
    const sides = sidesFrom({ tags: seen.tags, recent, meters }, followed, groups);
    if (sides.state === 'none') return sides;
    const measures = (side: Revision) => sides.meters.some(({ revision }) => revision === side.id);
    if (measures(sides.newer.revision) && measures(sides.older.revision)) return sides;
    return {
      state: 'none',
      reason: 'The records of the two sides lead to no load balancers of their own in this Region.',
    };
  };
}

/** Returns the ARNs of the target groups that measure this revision, or the whole target. */
function groupsOf(balancers: Behind, meters: readonly Meter[], { id }: Revision): readonly string[] {
  const measured = meters
    .filter(({ revision }) => revision === undefined || revision === id)
    .map(({ dimensions }) => dimensions['TargetGroup']);
  const all = balancers.flatMap((balancer) => balancer?.groups.map(({ arn }) => arn) ?? []);
  return [...new Set(all)].filter((arn) => measured.includes(arn.slice(arn.lastIndexOf(':') + 1)));
}
