import { isWhole } from '../../../src/ledger/splits.ts';
import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { look } from './candidates.ts';
import { metersOf } from './meters.ts';
import type { Clients } from './plan.ts';
import { survey } from './survey.ts';

/**
 * Reads the sides of a change of weights, which is the deployment: the target groups that it gave more traffic, and
 * those that had the traffic before. A lookout looks at targets of load balancers only, so there are none to look at.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const rollback = plannable(followed, clients.now());
    const seen = await survey(rollback, clients);
    const { rollouts, recent, blame } = look(seen, rollback);
    const tags = seen.tags.get(seen.forwarder.arn) ?? {};
    const plan = { tags, recent, meters: metersOf(rollouts, blame) };
    const sides = sidesFrom(plan, followed, () => ({ groups: [] }));
    return sides.state === 'sides' && !isWhole(seen.split) ? { ...sides, divided: true } : sides;
  };
}
