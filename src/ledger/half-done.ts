import { changedSomething } from '../rollback/rehearsed.ts';
import { rehearsalOf } from '../rollback/request.ts';
import type { RollbackRecord } from './claims.ts';

/**
 * Returns the record of a rehearsal's way back that no way forward ended, or null: the target stayed on the last known
 * good. A rollback that followed has decided what runs.
 * @param records of one target, newest first
 */
export function halfDone(records: readonly RollbackRecord[]): RollbackRecord | null {
  const changed = records.filter(({ outcome }) =>
    changedSomething(outcome === undefined ? {} : { ended: { at: outcome.at, as: outcome.state } }),
  );
  const [last] = changed;
  const trigger = rehearsalOf(last?.request);
  if (last === undefined || trigger === null) return null;
  if (trigger.way === 'back') return last;
  if (last.outcome?.state === 'rolled-back') return null;
  return changed.find(({ execution }) => execution === trigger.after) ?? null;
}
