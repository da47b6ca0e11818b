import type { Both } from '../../../src/rollback/explained.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { Groups } from './lattice.ts';
import { nameOf, type Names, type Split } from './split.ts';

const KINDS: Readonly<Record<string, string>> = {
  INSTANCE: 'instances',
  IP: 'IP addresses',
  LAMBDA: 'a function',
  ALB: 'a load balancer',
};

/** Returns the share of each target group, and what kind of targets serves. */
export function traitsOfBoth(from: Split, to: Split, names: Names, groups: Groups): Both {
  return [traitsOf(from, names, groups), traitsOf(to, names, groups)];
}

function traitsOf(split: Split, names: Names, groups: Groups): Traits {
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  const shares = split.map(
    ({ group, weight }) =>
      [`traffic to ${nameOf(group, names)}`, `${Math.round((100 * weight) / sum)} %`] as const,
  );
  const serving = split.flatMap(({ group }) => KINDS[groups.get(group)?.type ?? ''] ?? []);
  return shownTraits({ ...Object.fromEntries(shares), targets: [...new Set(serving)].join(', ') });
}
