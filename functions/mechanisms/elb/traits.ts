import type { Revision } from '../../../src/rollback/plan.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { readRun } from './runs.ts';
import { nameOf } from './split.ts';
import { arnOf } from '../../../src/targets/kinds/elb/target.ts';

/** Returns the share of each target group, from the revision's id. */
export function traitsOf(target: string, { id }: Revision): Traits | null {
  const run = readRun(id, arnOf(target));
  if (run === null) return null;
  const sum = run.split.reduce((total, { weight }) => total + weight, 0);
  const shares = run.split.map(
    ({ targetGroup, weight }) =>
      [`traffic to ${nameOf(targetGroup)}`, `${Math.round((100 * weight) / sum)} %`] as const,
  );
  return shownTraits(Object.fromEntries(shares));
}
