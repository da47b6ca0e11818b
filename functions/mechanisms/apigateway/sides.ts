import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { metersOf } from './meters.ts';
import { ownerOf } from './owner.ts';
import type { Clients } from './plan.ts';
import { survey } from './survey.ts';

/**
 * Reads the sides of a stage's change: the deployment that it introduces, and the last one that it had alone. CloudWatch
 * counts both together: metrics of a canary need execution logging.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const seen = await survey(plannable(followed, clients.now()), clients);
    const { name, tags, recent } = seen;
    const plan = { tags, recent, meters: metersOf(seen) ?? [] };
    const sides = sidesFrom(plan, followed, () => ({ groups: [] }));
    const owner = ownerOf(name, tags);
    if (sides.state === 'none' || owner === null) return sides;
    return { state: 'none', reason: `${owner} deploys ${followed.target}: a lookout follows that.` };
  };
}
