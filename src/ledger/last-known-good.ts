import { isSame } from '../rollback/course.ts';
import type { Runs } from '../rollback/runs.ts';
import { condemnedIn, provenIn, type Proven } from './among.ts';
import type { Entry } from './ledger.ts';

/**
 * Returns the last known good revision: the newest proven one that is neither condemned, under any id, nor at fault. Null:
 * there is none.
 * @param atFault what a rollback under way goes back from is at fault. Then the last known good is what it goes back to
 */
export function lastKnownGood(
  entries: readonly Entry[],
  runs: Pick<Runs, 'back'> | null,
  atFault: boolean,
): Proven | null {
  const bad = condemnedIn(entries).map(({ revision }) => revision);
  const good = provenIn(entries).filter(({ revision }) => !bad.some((one) => isSame(one, revision)));
  const back = atFault ? (runs?.back ?? null) : null;
  return (back === null ? good[0] : good.find(({ revision }) => revision.id === back.id)) ?? null;
}
