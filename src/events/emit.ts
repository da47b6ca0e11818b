import {
  PutEventsCommand,
  type EventBridgeClient,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { Unavailable } from '../rollback/errors.ts';
import type { Detail, DetailType } from './details.ts';
import { SOURCE } from './source.ts';

/** Publishes events to the Lastgood bus. */
export interface Emitter {
  /**
   * Publishes one event. Consumers recognise a redelivered event by `execution` and detail type.
   * @throws an error with the name and message of EventBridge's for the entry; Unavailable on InternalFailure
   */
  emit<Type extends DetailType>(detailType: Type, detail: Detail<Type>): Promise<void>;
}

/** @param busName name or ARN of the event bus */
export function createEmitter(client: Pick<EventBridgeClient, 'send'>, busName: string): Emitter {
  return {
    async emit(detailType, detail) {
      const entry = {
        EventBusName: busName,
        Source: SOURCE,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      };
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (refused !== undefined) throw refusal(detailType, refused);
    },
  };
}

/**
 * Returns the error of an entry. PutEvents succeeds as a call even if an entry failed: each entry carries its own
 * error.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
function refusal(detailType: DetailType, { ErrorCode, ErrorMessage }: PutEventsResultEntry): Error {
  const says = `${detailType} was not published: ${ErrorMessage ?? 'no message'}`;
  if (ErrorCode === 'InternalFailure') return new Unavailable(says);
  return Object.assign(new Error(says), { name: ErrorCode ?? 'Error' });
}
