import type { Runs } from '../rollback/runs.ts';
import type { Entry } from './ledger.ts';

type Proven = Extract<Entry, { readonly state: 'proven' }>;

/**
 * Returns the proven entry that a rollback would go back to now, or null. Never returns a revision at fault, even if it
 * was proven once: the mechanism's plan decides where a rollback would go.
 */
export function lastKnownGood(entries: readonly Entry[], runs: Pick<Runs, 'back'> | null): Proven | null {
  const id = runs?.back?.id;
  const isIt = (entry: Entry): entry is Proven =>
    entry.state === 'proven' && (id === undefined || entry.revision.id === id);
  return entries.find(isIt) ?? null;
}
