import {
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { NotWritten } from '../not-written.ts';

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

/**
 * Returns the ARN of an execution of a stage's rollbacks. The ARN of their state machine says the account.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html
 * @throws NotWritten when there is no such state machine
 */
export async function arnOf(client: Client, stage: string, execution: string): Promise<string> {
  const machine = `lastgood-${stage}-rollback`;
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListStateMachinesCommand({ nextToken }));
    const found = page.stateMachines?.find(({ name }) => name === machine)?.stateMachineArn;
    if (found !== undefined) return `${found.replace(':stateMachine:', ':execution:')}:${execution}`;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  throw new NotWritten(`there is no state machine ${machine} in this account and Region`);
}
