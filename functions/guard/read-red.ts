import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  ALARM_TYPES,
  alarmsIn,
  MAX_ALARMS_PER_CALL,
  withoutOwn,
  type AnyAlarm,
} from '../../src/aws/alarms.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Copies, Copy } from '../../src/ledger/copies.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Client } from './cloudwatch.ts';
import type { ReadRed, RedAlarms } from './red-alarms.ts';
import { fromCopy, toCopy } from './red-copy.ts';

/** In a storm each member must find its own alarm, among three thousand red ones at most. */
const MAX_PAGES_IN_STORM = 30;

/**
 * Reads them from CloudWatch. Outside of storms one call by state finds the triggering alarm and all others: the first
 * hundred are enough. It reads every type, because a composite alarm can trigger a rollback as well.
 *
 * The members of a storm share one reading: hundreds of judgements would take the nine calls a second that the account
 * has, and that ECS's own rollback on alarms needs. A copy that is stale or cannot be read is no copy.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 * @param own name of Lastgood's stack, whose alarms are left out
 */
export function createReadRed(client: Client, copies: Copies, now: () => Instant, own: string): ReadRed {
  const read = async (most: number) => withoutOwnIn(await readPages(client, most), own);
  let last: { readonly edition: string; readonly red: RedAlarms } | undefined;
  const readFresh = async ({ edition, read }: Extract<Copy, { is: 'fresh' }>) => {
    if (last?.edition === edition) return last.red;
    const text = await read();
    const red = text === null ? null : fromCopy(text);
    if (red === null) throw new Error('the copy of the red alarms cannot be read');
    last = { edition, red };
    return red;
  };
  return async (storm) => {
    if (storm === null) return read(1);
    const copy = await copies.take(storm, now());
    if (copy.is === 'awaited') return null;
    if (copy.is === 'fresh') return readFresh(copy);
    return readForAll(read, copy);
  };
}

/** Reads for all members, and shares it. Its own judgement goes on where it cannot be shared. */
async function readForAll(
  read: (pages: number) => Promise<RedAlarms>,
  copy: Extract<Copy, { is: 'mine' }>,
): Promise<RedAlarms> {
  const red = await read(MAX_PAGES_IN_STORM).catch(async (error: unknown) => {
    await copy.release().catch(logged);
    throw error;
  });
  await copy.put(toCopy(red)).catch(logged);
  return red;
}

function withoutOwnIn({ metricAlarms, all, isComplete }: RedAlarms, own: string): RedAlarms {
  return { metricAlarms: withoutOwn(metricAlarms, own), all: withoutOwn(all, own), isComplete };
}

function logged(error: unknown): void {
  logger.warn('the red alarms are not shared', error as Error);
}

async function readPages(client: Client, most: number): Promise<RedAlarms> {
  const metricAlarms: MetricAlarm[] = [];
  const all: AnyAlarm[] = [];
  let next: string | undefined;
  for (let page = 0; page < most; page++) {
    const answer = await client.send(
      new DescribeAlarmsCommand({
        StateValue: 'ALARM',
        AlarmTypes: ALARM_TYPES,
        MaxRecords: MAX_ALARMS_PER_CALL,
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    metricAlarms.push(...(answer.MetricAlarms ?? []));
    all.push(...alarmsIn(answer));
    next = answer.NextToken;
    if (next === undefined) break;
  }
  return { metricAlarms, all, isComplete: next === undefined };
}
