import { openRehearsal } from '../rollback/rehearsed.ts';
import type { RollbackRecord } from './claims.ts';
import { toEarlier } from './earlier.ts';

/**
 * Returns the record of a rehearsal's way back that no way forward ended, or null: the target stayed on the last known
 * good.
 * @param records of one target, newest first
 */
export function halfDone(records: readonly RollbackRecord[]): RollbackRecord | null {
  const open = openRehearsal(records.map(toEarlier));
  return records.find(({ execution }) => execution === open?.execution) ?? null;
}
