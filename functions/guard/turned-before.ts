import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Found, StateChange, TurnedBefore } from '../../src/rollback/facts.ts';
import type { AlarmTrigger, Instant } from '../../src/rollback/request.ts';
import { earliestStart } from '../../src/rollback/sights.ts';
import { after, isAfter, secondsBetween } from '../../src/rollback/time.ts';
import { readChanges } from './alarm-history.ts';
import type { Client } from './cloudwatch.ts';

/** At most so many reads of one bucket come before the first write of a rollback; the alarm of the trigger has one. */
const MAX_READS = 2;

/** The history may date a turn a little earlier than its event. Unknown: alarm-event-and-history-time. */
const APART_SECONDS = 60;

/**
 * Reads what became of the alarms that triggered rollbacks of the target before its newest deployment began. Those that
 * turned last are read. The triggers in the records name them, so that a target without any costs no call.
 */
export async function readTurnedBefore(
  client: Client,
  { request: { trigger }, plan: { deployment } }: Judgeable,
  records: readonly RollbackRecord[],
  found: (read: () => Promise<readonly StateChange[]>) => Promise<Found<readonly StateChange[]>>,
): Promise<readonly TurnedBefore[]> {
  if (deployment === undefined) return [];
  const own = trigger?.type === 'alarm' ? trigger.alarm : null;
  const turns = turnsIn(records).filter(
    ({ alarm, at }) => alarm !== own && isAfter(deployment.startedAt, at),
  );
  const read = newestOfEach(turns).slice(0, MAX_READS - (own === null ? 0 : 1));
  return Promise.all(
    read.map(async (turn) => ({
      alarm: turn.alarm,
      history: await found(() => changesSince(client, turn, earliestStart(deployment))),
    })),
  );
}

/** Reads the changes since a turn, with that turn, which the history may not have. */
async function changesSince(
  client: Client,
  turn: AlarmTrigger,
  needed: Instant,
): Promise<readonly StateChange[]> {
  const { at, previously = 'OK' } = turn;
  const changes = await readChanges(client, turn, after(at, -APART_SECONDS), needed);
  return [...changes, { at, from: previously, to: 'ALARM' }];
}

function turnsIn(records: readonly RollbackRecord[]): readonly AlarmTrigger[] {
  return records
    .flatMap(({ request, alsoTriggeredBy }) => [request, ...alsoTriggeredBy])
    .flatMap(({ trigger }) => (trigger?.type === 'alarm' ? [trigger] : []));
}

/** Returns the newest turn of each alarm, newest first. */
function newestOfEach(turns: readonly AlarmTrigger[]): readonly AlarmTrigger[] {
  const inOrder = turns.toSorted((one, other) => secondsBetween(one.at, other.at));
  return inOrder.filter(({ alarm }, place) => inOrder.findIndex((one) => one.alarm === alarm) === place);
}
