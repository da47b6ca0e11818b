import { named } from '../../src/aws/errors.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import { Throttled, Unavailable } from '../../src/rollback/errors.ts';
import type { Found, StateChange } from '../../src/rollback/facts.ts';
import type { AlarmTrigger } from '../../src/rollback/request.ts';
import { readHistory } from './alarm-history.ts';
import type { Client } from './cloudwatch.ts';

/** The facts about the triggering alarm that every decision needs. */
export interface Alarms {
  /** Reads its changes of state since a window before the suspect's deployment began. */
  history(rollback: Judgeable): Promise<Found<readonly StateChange[]>>;
}

export function createAlarms(client: Client): Alarms {
  return { history: (rollback) => found(() => readHistory(client, triggerOf(rollback), rollback)) };
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
