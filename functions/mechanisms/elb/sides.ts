import { isWhole } from '../../../src/ledger/splits.ts';
import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import { groupsOf } from '../../../src/lookout/groups.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { look } from './candidates.ts';
import { metersOf } from './meters.ts';
import type { Clients } from './plan.ts';
import { survey } from './survey.ts';

/**
 * Reads the sides of a change of weights, which is the deployment: the target groups that it gave more traffic, and
 * those that had the traffic before.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const rollback = plannable(followed, clients.now());
    const seen = await survey(rollback, clients);
    const { rollouts, recent, blame } = look(seen, rollback);
    const meters = metersOf(seen.arn, rollouts, blame);
    const plan = { tags: seen.tags.get(seen.arn) ?? {}, recent, meters };
    const groups = (revision: Revision) => ({ groups: groupsOf(meters, revision, seen.arn) });
    const sides = sidesFrom(plan, followed, groups);
    return sides.state === 'sides' && !isWhole(seen.split) ? { ...sides, divided: true } : sides;
  };
}
