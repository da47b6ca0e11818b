import type { AlarmTrigger } from '../rollback/request.ts';
import type { RollbackRecord } from './claims.ts';

/** Returns the names of the alarms that triggered rollbacks, also of those that came while another rollback ran. */
export function accusing(
  records: readonly RollbackRecord[],
  counts: (trigger: AlarmTrigger) => boolean = () => true,
): readonly string[] {
  return records
    .flatMap(({ request, alsoTriggeredBy }) => [request, ...alsoTriggeredBy])
    .flatMap(({ trigger }) => (trigger?.type === 'alarm' && counts(trigger) ? [trigger.alarm] : []));
}
