import type { Both } from '../../../src/rollback/explained.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { Backing } from './backing.ts';
import { nameOf, type Split } from './split.ts';

/** Returns the share of each target group, and what serves, as far as the Auto Scaling groups behind them show it. */
export function traitsOfBoth(from: Split, to: Split, backing: Pick<Backing, 'fleetOf' | 'groupOf'>): Both {
  return [traitsOf(from, backing), traitsOf(to, backing)];
}

function traitsOf(split: Split, backing: Pick<Backing, 'fleetOf' | 'groupOf'>): Traits {
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  const shares = split.map(
    ({ targetGroup, weight }) =>
      [`traffic to ${nameOf(targetGroup)}`, `${Math.round((100 * weight) / sum)} %`] as const,
  );
  const serving = split.flatMap(({ targetGroup }) => launchedBehind(targetGroup, backing) ?? []);
  return shownTraits({ ...Object.fromEntries(shares), 'what serves': serving.join(', ') });
}

/** Returns `web-blue (lt-0a1b2c3d:7)`; null: no tag names an Auto Scaling group behind it. */
function launchedBehind(
  targetGroup: string,
  { fleetOf, groupOf }: Pick<Backing, 'fleetOf' | 'groupOf'>,
): string | null {
  const [name, fleet] = [groupOf(targetGroup), fleetOf(targetGroup)];
  if (name === undefined || fleet === null) return null;
  const { from } = fleet.launched;
  return `${name} (${from.length === 0 ? 'no instance in service' : from.toSorted().join(', ')})`;
}
