import { wentAsFarAs } from '../rollback/ending.ts';
import type { Accused } from '../rollback/earlier.ts';
import { isAfter } from '../rollback/time.ts';
import { provenIn } from './among.ts';
import type { RollbackRecord } from './claims.ts';
import type { Entry } from './ledger.ts';

/**
 * Returns the proven revisions that were accused since, where no decision followed: the question got no answer, or the
 * target is only observed. A soak that proves such a revision again clears it.
 */
export function accusedIn(entries: readonly Entry[], records: readonly RollbackRecord[]): readonly Accused[] {
  const proven = provenIn(entries);
  return records.flatMap(({ from, outcome, automatic }) => {
    if (from === undefined || outcome === undefined || !automatic) return [];
    if (!['asked', 'observed'].includes(wentAsFarAs(outcome))) return [];
    const its = proven.filter(({ revision }) => revision.id === from);
    const isCleared = its.some(({ provenAt }) => isAfter(provenAt, outcome.at));
    return its.length === 0 || isCleared ? [] : [{ revision: from, at: outcome.at }];
  });
}
