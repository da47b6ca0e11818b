import type { Connect } from '../aws/client.ts';
import { createKeptReads } from '../aws/kept-reads.ts';
import { createReadPause } from '../aws/pause.ts';
import { tablesOf } from '../aws/tables.ts';
import { createWriteWatch } from '../aws/write-watch.ts';
import { createClaims, createLedger, createRounds } from '../ledger/dynamodb.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rounds } from '../ledger/rounds.ts';
import { createCalendar } from '../quotas/dynamodb-calendar.ts';
import type { Sided } from '../lookout/sided.ts';
import type { Examiner } from '../readiness/examination.ts';
import type { Mechanism } from '../rollback/mechanism.ts';
import type { LambdaHandler } from './handler.ts';
import { hostsOf } from './hosts.ts';
import { mechanismHandler } from './mechanism.ts';
import { createFailures } from './failures.ts';
import type { Surroundings } from './surroundings.ts';
import { createTurns } from './turns.ts';

/** What a mechanism is made from. Its calls go through `connect`, which watches for writes and keeps reads. */
export interface Given {
  readonly connect: Connect;
  readonly ledger: Ledger;
  readonly rounds: Pick<Rounds, 'of'>;
  readonly now: () => string;
}

/** Returns the Lambda of a mechanism. */
export function bindMechanism<Memo>(
  surroundings: Surroundings,
  create: (given: Given) => Mechanism<Memo> & Sided & Partial<Examiner<Memo>>,
): LambdaHandler {
  const { setting, now } = surroundings;
  const reads = createKeptReads(surroundings.connect, now);
  const writes = createWriteWatch(reads.connect);
  const tables = tablesOf(surroundings);
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const rounds = createRounds(tables, setting('LEDGER_TABLE'));
  const turns = createTurns(createCalendar(tables, setting('CLAIMS_TABLE'), now), now);
  return mechanismHandler(create({ connect: writes.connect, ledger, rounds, now }), {
    ...{ claims, ledger, turns, now, writes, reads },
    readPause: createReadPause(surroundings),
    hosts: hostsOf(surroundings),
    failures: createFailures(surroundings),
  });
}
