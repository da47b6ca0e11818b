import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import type { Rollback } from '../../src/rollback/document.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import type { Entered } from '../../src/report/material.ts';

type Client = Pick<SFNClient, 'send'>;

/** The largest page. https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
const EVENTS_A_PAGE = 1000;

/** The newest document is in one of the last events: each state passes it on. */
const NEWEST_EVENTS = 30;

export interface History {
  readonly document: Rollback | null;
  /** The states that were entered, oldest first. */
  readonly entered: readonly Entered[];
}

/**
 * Reads the newest document of an execution, and when its states were entered. The end is published before Report has
 * ended, so the document is the one that Report received.
 */
export async function readHistory(client: Client, executionArn: string): Promise<History> {
  const [newest, entered] = await Promise.all([
    readNewest(client, executionArn),
    readEntered(client, executionArn),
  ]);
  return { document: documentIn(newest), entered };
}

async function readNewest(client: Client, executionArn: string): Promise<readonly HistoryEvent[]> {
  const command = new GetExecutionHistoryCommand({
    executionArn,
    includeExecutionData: true,
    reverseOrder: true,
    maxResults: NEWEST_EVENTS,
  });
  const { events = [] } = await client.send(command);
  return events;
}

/** Reads all events, without their data: a rollback that looks for hours has thousands. */
async function readEntered(client: Client, executionArn: string): Promise<readonly Entered[]> {
  const all: Entered[] = [];
  let nextToken: string | undefined;
  do {
    const command = new GetExecutionHistoryCommand({
      executionArn,
      includeExecutionData: false,
      maxResults: EVENTS_A_PAGE,
      nextToken,
    });
    const page = await client.send(command);
    all.push(...(page.events ?? []).flatMap(enteredIn));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

function enteredIn({ timestamp, stateEnteredEventDetails: details }: HistoryEvent): readonly Entered[] {
  return timestamp === undefined || details?.name === undefined
    ? []
    : [{ name: details.name, at: timestamp.toISOString() }];
}

/**
 * Returns the newest document. Claim is what validates a request, so a document without a claim may be anything: null.
 * The outputs of branches are no documents.
 */
function documentIn(newestFirst: readonly HistoryEvent[]): Rollback | null {
  for (const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } of newestFirst) {
    const found = asRecord(parseJson(entered?.input ?? exited?.output));
    if (found !== null && asRecord(found['request']) !== null && asRecord(found['claim']) !== null)
      return found as unknown as Rollback;
  }
  return null;
}
