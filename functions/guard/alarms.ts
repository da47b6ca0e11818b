import { named } from '../../src/aws/errors.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import { Throttled, Unavailable } from '../../src/rollback/errors.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { Found, StateChange, TurnedBefore } from '../../src/rollback/facts.ts';
import type { AlarmTrigger } from '../../src/rollback/request.ts';
import { readHistory } from './alarm-history.ts';
import type { Client } from './cloudwatch.ts';
import { readTurnedBefore } from './turned-before.ts';

/** The facts about the triggering alarm that every decision needs. */
export interface Alarms {
  /** Reads its changes of state since a window before the suspect's deployment began. */
  history(rollback: Judgeable): Promise<Found<readonly StateChange[]>>;
  /** Reads what became of the other alarms that triggered rollbacks before the newest deployment began. */
  turnedBefore(rollback: Judgeable, records: readonly RollbackRecord[]): Promise<readonly TurnedBefore[]>;
}

export function createAlarms(client: Client): Alarms {
  return {
    history: (rollback) => found(() => readHistory(client, triggerOf(rollback), rollback)),
    turnedBefore: (rollback, records) => readTurnedBefore(client, rollback, records, found),
  };
}

/**
 * Throws errors that the state machine may retry. Any other error makes the fact unknown, and then a person decides.
 */
async function found<T>(read: () => Promise<T>): Promise<Found<T>> {
  try {
    return { known: true, is: await read() };
  } catch (error) {
    const problem = named(error);
    if (problem instanceof Throttled || problem instanceof Unavailable) throw problem;
    return { known: false, why: problem instanceof Error ? problem.message : String(problem) };
  }
}

function triggerOf({ request: { trigger } }: Judgeable): AlarmTrigger {
  if (trigger?.type !== 'alarm') throw new TypeError('only an alarm has a history');
  return trigger;
}
