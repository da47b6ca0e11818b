import { accusing } from '../../src/ledger/accusing.ts';
import { MAX_TRIGGERS, type Claims } from '../../src/ledger/claims.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Sign } from '../../src/rollback/health.ts';
import { unreadable } from './unreadable.ts';

/** The alarms that have accused the target since it was claimed; or a sign that they are not all known. */
export interface TurnedAway {
  readonly alarms: readonly string[];
  readonly signs: readonly Sign[];
}

const OF = 'alarms that turned meanwhile';

/**
 * What turned while this rollback held the target started no other one: Claim left it in our record, and whether it is
 * still red is for our proof to see. An alert of a webhook is in no such place where its state could be read.
 */
export async function turnedAway(
  claims: Pick<Claims, 'record'>,
  { request: { target }, execution }: InReversion,
): Promise<TurnedAway> {
  try {
    const record = await claims.record(target, execution);
    if (record === null) return unknown([], 'the record of this rollback is not there');
    const alarms = accusing([record]);
    if (record.alsoTriggeredBy.length < MAX_TRIGGERS) return { alarms, signs: [] };
    return unknown(alarms, `only the first ${MAX_TRIGGERS} triggers are kept, and there may be more`);
  } catch (error) {
    return { alarms: [], signs: [unreadable(OF, error)] };
  }
}

function unknown(alarms: readonly string[], says: string): TurnedAway {
  return { alarms, signs: [{ of: OF, state: 'unknown', says }] };
}
