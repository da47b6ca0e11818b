import { accusing } from '../../src/ledger/accusing.ts';
import { MAX_TRIGGERS, type Claims } from '../../src/ledger/claims.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Sign } from '../../src/rollback/health.ts';
import { unreadable } from './unreadable.ts';

/** Alarms that accused the target, and a sign if not all of them are known. */
export interface AccusingAlarms {
  readonly alarms: readonly string[];
  readonly signs: readonly Sign[];
}

const OF = 'alarms that turned during the rollback';

/**
 * Reads the alarms that turned during the rollback. They started no other rollback: Claim appended them to this record,
 * and the proof must see whether they are still red. The state of a webhook alert cannot be read.
 */
export async function refusedAlarms(
  claims: Pick<Claims, 'record'>,
  { request: { target }, execution }: InReversion,
): Promise<AccusingAlarms> {
  try {
    const record = await claims.record(target, execution);
    if (record === null) return unknown([], 'the record of this rollback is missing');
    const alarms = accusing([record]);
    if (record.alsoTriggeredBy.length < MAX_TRIGGERS) return { alarms, signs: [] };
    return unknown(alarms, `only the first ${MAX_TRIGGERS} triggers are kept, and there may be more`);
  } catch (error) {
    return { alarms: [], signs: [unreadable(OF, error)] };
  }
}

function unknown(alarms: readonly string[], says: string): AccusingAlarms {
  return { alarms, signs: [{ of: OF, state: 'unknown', says }] };
}
