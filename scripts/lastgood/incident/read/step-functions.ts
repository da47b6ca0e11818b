import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

type Client = Pick<SFNClient, 'send'>;

/** The largest page. https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
const EVENTS_A_PAGE = 1000;

/** Reads the whole history of an execution, oldest first. Step Functions keeps it for 90 days. */
export async function readEvents(client: Client, executionArn: string): Promise<readonly HistoryEvent[]> {
  const all: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const command = new GetExecutionHistoryCommand({
      executionArn,
      includeExecutionData: true,
      maxResults: EVENTS_A_PAGE,
      nextToken,
    });
    const page = await client.send(command);
    all.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}
