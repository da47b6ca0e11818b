import type { AnyAlarm } from '../../src/aws/alarms.ts';
import { accusing } from '../../src/ledger/accusing.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { ReadSign } from '../../src/rollback/health.ts';
import { isAutomatic, type Instant } from '../../src/rollback/request.ts';
import { earliestStart } from '../../src/rollback/sights.ts';
import { suspicionAmong } from '../../src/rollback/suspect.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { AccusingAlarms } from './refused-alarms.ts';
import { unreadable } from './unreadable.ts';

/** An alarm as it was read. Null: it does not exist. Absent: it could not be read. */
export interface ReadAlarm {
  readonly sign: ReadSign;
  readonly alarm?: AnyAlarm | null;
}

const OF = 'alarms that accused the target before';

/** An alarm that has been red for longer than a day says little of this deployment. */
const LOOK_BACK_SECONDS = 86_400;

/**
 * Reads the alarms that accused the target before this rollback, whatever came of it. The rollback may be the wish of a
 * person or of the lookout, who name no alarm. The tag `lastgood:target` of alarms is not read: one that has it, and
 * turned, is in a record.
 */
export async function earlierAlarms(
  claims: Pick<Claims, 'records'>,
  { request: { target } }: InReversion,
  now: Instant,
): Promise<AccusingAlarms> {
  try {
    return { alarms: accusing(await claims.records(target, after(now, -LOOK_BACK_SECONDS))), signs: [] };
  } catch (error) {
    return { alarms: [], signs: [unreadable(OF, error)] };
  }
}

/**
 * Weighs the sign of an alarm that accused the target before. Its owner may have deleted it since: then there is no sign.
 * One that was as it is already when the deployment at fault began is neutral, because going back does not end that. A
 * person who asks wants an end of the harm, whenever it began.
 */
export function earlierSign({ sign, alarm }: ReadAlarm, rollback: InReversion): readonly ReadSign[] {
  if (alarm === null) return [];
  if (alarm === undefined || sign.state === 'healthy' || !wasSoBefore(alarm, rollback)) return [sign];
  return [
    { of: sign.of, state: 'neutral', says: `${sign.says}, and was so already when the deployment began` },
  ];
}

function wasSoBefore(alarm: AnyAlarm, { request, plan, verdict }: InReversion): boolean {
  if (!isAutomatic(verdict.decidedBy ?? request)) return false;
  const { deployment, recent = deployment === undefined ? [] : [deployment] } = plan;
  const { suspect } = suspicionAmong(recent, verdict.since ?? null) ?? {};
  const since = alarm.StateTransitionedTimestamp?.toISOString();
  return suspect !== undefined && since !== undefined && isAfter(earliestStart(suspect), since);
}
