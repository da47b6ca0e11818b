import type { RollbackRecord } from './claims.ts';

/** Names of the alarms that asked for rollbacks, those included that came while another one ran. */
export function accusing(records: readonly RollbackRecord[]): readonly string[] {
  return records
    .flatMap(({ request, alsoTriggeredBy }) => [request, ...alsoTriggeredBy])
    .flatMap(({ trigger }) => (trigger?.type === 'alarm' ? [trigger.alarm] : []));
}
