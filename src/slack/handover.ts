import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod/mini';
import type { Secret } from '../aws/secret.ts';
import { Unavailable } from '../rollback/errors.ts';
import { readBusEvent } from '../targets/bus-event.ts';
import { seal, unseal } from './seal.ts';
import type { Signed } from './signature.ts';

/**
 * The event with which on-slack hands a request to answer-slack (ADR 11). Its source differs from that of the public
 * events. It carries the request as Slack signed it, and answer-slack checks the signature again. So permission to put
 * events on the bus is not permission to speak as Slack. The body is sealed, because readers of the bus could answer
 * with its answer URL.
 */
export const SOURCE = 'lastgood.slack';
export const DETAIL_TYPE = 'Slack Request';

const Detail = z.object({ timestamp: z.string(), signature: z.string(), sealed: z.string() });

export type HandOver = (signed: Signed, secret: Secret) => Promise<void>;

/** @throws Unavailable if EventBridge refuses the entry */
export function createHandOver(client: Pick<EventBridgeClient, 'send'>, busName: string): HandOver {
  return async ({ timestamp, signature, body }, secret) => {
    const Entry = {
      EventBusName: busName,
      Source: SOURCE,
      DetailType: DETAIL_TYPE,
      Detail: JSON.stringify({ timestamp, signature, sealed: seal(body, secret) }),
    };
    const { FailedEntryCount = 0 } = await client.send(new PutEventsCommand({ Entries: [Entry] }));
    if (FailedEntryCount > 0) throw new Unavailable('the bus did not take the request');
  };
}

/** Returns the request in an event. Null: another event, or it was sealed with another secret. */
export function readHandedOver(event: unknown, secret: Secret): Signed | null {
  const found = readBusEvent(event);
  if (found?.source !== SOURCE || found['detail-type'] !== DETAIL_TYPE) return null;
  const detail = Detail.safeParse(found.detail);
  if (!detail.success) return null;
  const { sealed, ...signed } = detail.data;
  const body = unseal(sealed, secret);
  return body === null ? null : { ...signed, body };
}
