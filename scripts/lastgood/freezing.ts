import { setTimeout } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createFreezes } from '../../src/ledger/dynamodb.ts';
import type { Freeze } from '../../src/ledger/freezes.ts';
import { CannotSay } from '../command-line/status.ts';
import type { Aws } from './aws.ts';
import type { Permission } from './help.ts';

/** The source of the events. A policy may allow it alone. */
const SOURCE = 'lastgood.cli';

/** The longest wait until the ledger shows the change. */
const PATIENCE_MS = 60_000;

const POLL_MS = 1_000;

export const FREEZING: readonly Permission[] = [
  ['events:PutEvents', 'event-bus/lastgood-STAGE'],
  ['dynamodb:GetItem', 'table/lastgood-STAGE-ledger'],
];

/** Puts a request on the bus, as any other tool does. */
export async function putRequest(
  { events }: Aws,
  stage: string,
  type: string,
  detail: object,
): Promise<void> {
  const entry = {
    EventBusName: `lastgood-${stage}`,
    Source: SOURCE,
    DetailType: type,
    Detail: JSON.stringify(detail),
  };
  const { Entries: [first] = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (first?.ErrorCode !== undefined)
    throw new CannotSay(`the bus refused the request: ${first.ErrorCode} ${first.ErrorMessage ?? ''}`.trim());
}

/** Returns the freeze of a target; null: it is not frozen. */
export function freezeOf(
  { tables }: Aws,
  stage: string,
  target: string,
  now: string,
): Promise<Freeze | null> {
  return createFreezes(tables, `lastgood-${stage}-ledger`).of(target, now);
}

/**
 * Waits until the ledger shows a change.
 * @throws CannotSay when it does not in time
 */
export async function untilSo<T>(read: () => Promise<T | null>): Promise<T> {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS;) {
    const found = await read();
    if (found !== null) return found;
    await setTimeout(POLL_MS);
  }
  throw new CannotSay('it was not recorded within a minute: see Rollback Rejected on the bus');
}
