import type { Earlier } from '../rollback/earlier.ts';
import { rehearsalOf } from '../rollback/request.ts';
import type { RollbackRecord } from './claims.ts';

/** Converts the record of a rollback to a fact for the judge. */
export function toEarlier(record: RollbackRecord): Earlier {
  const { execution, automatic, startedAt, from, outcome, deployment, request } = record;
  return {
    execution,
    automatic,
    startedAt,
    ...(request.trigger !== undefined && { triggeredAt: request.trigger.at }),
    ...(from !== undefined && { from }),
    ...(deployment !== undefined && { deployment }),
    ...(record.overtaken && { isOvertaken: true }),
    ...(record.denied !== undefined && { denied: record.denied }),
    ...toOf(record),
    ...rehearsalIn(record),
    ...(outcome !== undefined && { ended: { at: outcome.at, as: outcome.state } }),
  };
}

function toOf({ to, toContent }: RollbackRecord): Pick<Earlier, 'to'> {
  if (to === undefined) return {};
  return { to: { id: to, ...(toContent !== undefined && { content: toContent }) } };
}

function rehearsalIn({ request }: RollbackRecord): Pick<Earlier, 'rehearsal' | 'after'> {
  const trigger = rehearsalOf(request);
  if (trigger === null) return {};
  return { rehearsal: trigger.way, ...(trigger.after !== undefined && { after: trigger.after }) };
}
