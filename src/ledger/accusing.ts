import type { RollbackRecord } from './claims.ts';

/** Returns the names of the alarms that triggered rollbacks, also of those that came while another rollback ran. */
export function accusing(records: readonly RollbackRecord[]): readonly string[] {
  return records
    .flatMap(({ request, alsoTriggeredBy }) => [request, ...alsoTriggeredBy])
    .flatMap(({ trigger }) => (trigger?.type === 'alarm' ? [trigger.alarm] : []));
}
