import { asRecord } from '../rollback/json.ts';

/**
 * Says whether an event is the constant input of the schedule that keeps a function warm (functions/keep-warm.yml). No
 * other caller sends exactly this.
 */
export function isKeepWarm(event: unknown): boolean {
  const fields = asRecord(event) ?? {};
  return fields['keep'] === 'warm' && Object.keys(fields).length === 1;
}
