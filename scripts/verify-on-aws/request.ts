import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Clients } from './clients.ts';

/**
 * Asks Lastgood for a rollback on its bus, as a person or a tool does.
 * @throws Error when the bus does not take the event
 */
export async function requestRollback(
  { events }: Pick<Clients, 'events'>,
  stage: string,
  target: string,
): Promise<void> {
  const entry = {
    EventBusName: `lastgood-${stage}`,
    Source: 'verify-on-aws',
    DetailType: 'Rollback Requested',
    Detail: JSON.stringify({ target, reason: 'verify-on-aws made a bad release' }),
  };
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  const [answer] = Entries;
  if (answer?.ErrorCode !== undefined)
    throw new Error(`the bus did not take the request: ${answer.ErrorCode} ${answer.ErrorMessage ?? ''}`);
}
