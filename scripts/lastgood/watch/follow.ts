import { setTimeout } from 'node:timers/promises';
import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Outcome } from '../../../src/rollback/outcome.ts';
import { News } from '../../phases/news.ts';
import { lineIn, type Line } from './line.ts';

/** GetExecutionHistory refills 20 calls a second, which the account shares. */
const POLL_MS = 2_000;

const EVENTS_A_PAGE = 200;

/** How an execution ended. */
export type End =
  | { readonly state: 'reported'; readonly outcome: Outcome }
  /** `how`: as Step Functions names it, such as ExecutionAborted. */
  | { readonly state: 'unreported'; readonly how: string };

const ENDS = ['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut'];

/** Publishes the steps of an execution as they come, until it ends. */
export async function follow(
  client: Pick<SFNClient, 'send'>,
  executionArn: string,
  onStep: (step: Line) => void,
): Promise<End> {
  let lastId = 0;
  const news = new News();
  let outcome: Outcome | undefined;
  for (;;) {
    for (const event of await eventsSince(client, executionArn, lastId)) {
      lastId = event.id ?? lastId;
      outcome = documentIn(event)?.outcome ?? outcome;
      const step = lineIn(event);
      // Polls of Settle and Verify repeat the same step.
      if (step !== null && news.isNew(step)) onStep(step);
      if (ENDS.includes(event.type ?? ''))
        return outcome === undefined
          ? { state: 'unreported', how: String(event.type) }
          : { state: 'reported', outcome };
    }
    await setTimeout(POLL_MS);
  }
}

/**
 * Reads the events after one, oldest first. Reads only the newest pages, so that a long history is not read again each
 * time.
 */
export async function eventsSince(
  client: Pick<SFNClient, 'send'>,
  executionArn: string,
  lastId: number,
): Promise<readonly HistoryEvent[]> {
  const newer: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const command = new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      includeExecutionData: true,
      maxResults: EVENTS_A_PAGE,
      nextToken,
    });
    const { events = [], nextToken: next } = await client.send(command);
    const fresh = events.filter(({ id = 0 }) => id > lastId);
    newer.push(...fresh);
    nextToken = fresh.length < events.length ? undefined : next;
  } while (nextToken !== undefined);
  return newer.reverse();
}

/** Returns the document of a state's end. Only Report leaves an outcome. */
function documentIn({ stateExitedEventDetails: exited }: HistoryEvent): Pick<Rollback, 'outcome'> | null {
  if (exited?.name !== 'Report' || exited.output === undefined) return null;
  return JSON.parse(exited.output) as Pick<Rollback, 'outcome'>;
}
