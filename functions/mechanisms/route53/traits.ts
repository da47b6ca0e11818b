import type { Revision } from '../../../src/rollback/plan.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { readRun } from './runs.ts';

/** Returns the weight of each record, from the revision's id. */
export function traitsOf({ id }: Revision): Traits | null {
  const run = readRun(id);
  if (run === null) return null;
  const weights = Object.entries(run.weights).map(([record, weight]) => [`weight of ${record}`, weight]);
  return shownTraits(Object.fromEntries(weights) as Record<string, number>);
}
