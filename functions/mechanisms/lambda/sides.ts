import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import { metersBy } from './meters.ts';
import { ownerOf } from './owner.ts';
import type { Clients } from './plan.ts';
import { survey } from './survey.ts';

/**
 * Reads the sides of an alias's change: the version that it introduces, and the last one that it named alone. While both
 * share the alias, CloudWatch counts each. There are no targets to look at.
 */
export function sidesWith(clients: Clients): Sided['sides'] {
  return async (followed) => {
    const seen = await survey(plannable(followed, clients.now()), clients);
    const { name, tags, recent } = seen;
    const versions = new Set(recent.map(({ revision }) => revision.id));
    const plan = { tags, recent, meters: metersBy(name, [...versions]) };
    const sides = sidesFrom(plan, followed, () => ({ groups: [] }));
    // Only a followed alias is worth the question who shifts it.
    if (sides.state === 'none') return sides;
    const owner = await ownerOf(seen, clients.shifts);
    if (owner === null) return seen.standing.state === 'canary' ? { ...sides, divided: true } : sides;
    return { state: 'none', reason: `${owner.target} deploys ${followed.target}: a lookout follows that.` };
  };
}
