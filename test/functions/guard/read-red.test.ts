import { DescribeAlarmsCommand, type DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadRed } from '../../../functions/guard/read-red.ts';
import { fromCopy, toCopy } from '../../../functions/guard/red-copy.ts';
import { createCopies, FRESH_SECONDS, type Copies } from '../../../src/ledger/copies.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';

const NOW = '2026-11-22T03:05:00.000Z';
const STORM = 'storm';

let tables: Tables;
let copies: Copies;
let seconds: number;
beforeAll(async () => (tables = await startTables()));
afterAll(() => tables.close());
beforeEach(async () => {
  copies = createCopies(tables.client, await tables.claimsTable());
  seconds = 0;
});

const now = () => after(NOW, seconds);

const alarm = (number: number) => ({
  AlarmName: `alarm-${number}`,
  AlarmDescription: 'a field that the judge does not read',
  MetricName: 'Errors',
  Namespace: 'Shop',
  Threshold: 1,
  StateTransitionedTimestamp: new Date(NOW),
  Dimensions: [{ Name: 'Service', Value: String(number) }],
});

/** A CloudWatch with so many red alarms, a hundred a page. */
function cloudwatch(count: number, isAway = false) {
  const calls: (string | undefined)[] = [];
  const send = (command: DescribeAlarmsCommand): Promise<DescribeAlarmsOutput> => {
    const from = Number(command.input.NextToken ?? 0);
    calls.push(command.input.NextToken);
    if (isAway) return Promise.reject(new Error('away'));
    const MetricAlarms = Array.from({ length: Math.min(100, count - from) }, (_, index) =>
      alarm(from + index),
    );
    const rest = from + 100 < count ? { NextToken: String(from + 100) } : {};
    return Promise.resolve({ MetricAlarms, CompositeAlarms: [], ...rest });
  };
  return { client: { send: send as never }, calls };
}

describe('the red alarms', () => {
  it('are one call outside of storms, and the first hundred', async () => {
    const { client, calls } = cloudwatch(250);
    const red = await createReadRed(client, copies, now, 'lastgood-prod')(null);
    expect(red).toMatchObject({ isComplete: false });
    expect(red?.all).toHaveLength(100);
    expect(calls).toHaveLength(1);
  });

  it('are read by one member of a storm, all of them, and shared', async () => {
    const [one, other] = [cloudwatch(250), cloudwatch(250)];
    const red = await createReadRed(one.client, copies, now, 'lastgood-prod')(STORM);
    expect(red).toMatchObject({ isComplete: true });
    const shared = await createReadRed(other.client, copies, now, 'lastgood-prod')(STORM);
    expect(one.calls).toHaveLength(3);
    expect(other.calls).toEqual([]);
    expect(shared?.all.map(({ AlarmName }) => AlarmName)).toEqual(red?.all.map(({ AlarmName }) => AlarmName));
    expect(shared?.metricAlarms[7]?.StateTransitionedTimestamp).toEqual(new Date(NOW));
    expect(shared?.metricAlarms[7]).not.toHaveProperty('AlarmDescription');
  });

  it('are awaited while another member reads them', async () => {
    const { client } = cloudwatch(1);
    const copy = await copies.take(STORM, now());
    expect(copy.is).toBe('mine');
    expect(await createReadRed(client, copies, now, 'lastgood-prod')(STORM)).toBeNull();
    seconds = 21;
    expect((await createReadRed(client, copies, now, 'lastgood-prod')(STORM))?.all).toHaveLength(1);
  });

  it('are read again when the copy is stale', async () => {
    const { client, calls } = cloudwatch(1);
    const read = createReadRed(client, copies, now, 'lastgood-prod');
    await read(STORM);
    seconds = FRESH_SECONDS;
    await read(STORM);
    expect(calls).toHaveLength(2);
  });

  it('are left to the next member when CloudWatch refuses', async () => {
    const [away, back] = [cloudwatch(1, true), cloudwatch(1)];
    await expect(createReadRed(away.client, copies, now, 'lastgood-prod')(STORM)).rejects.toThrow('away');
    expect((await createReadRed(back.client, copies, now, 'lastgood-prod')(STORM))?.all).toHaveLength(1);
  });

  it('of one storm are not those of another', async () => {
    const { client, calls } = cloudwatch(1);
    const read = createReadRed(client, copies, now, 'lastgood-prod');
    await read(STORM);
    await read('another');
    expect(calls).toHaveLength(2);
  });
});

describe('a copy', () => {
  const composite = { AlarmName: 'all', AlarmRule: 'ALARM(a)', StateTransitionedTimestamp: new Date(NOW) };
  const first = alarm(1);
  const red = { metricAlarms: [first], all: [first, composite], isComplete: true };

  it('has every type of alarm, in few characters', () => {
    const text = toCopy(red);
    expect(fromCopy(text)?.all.map(({ AlarmName }) => AlarmName)).toEqual(['alarm-1', 'all']);
    const many = { ...red, metricAlarms: Array.from({ length: 3000 }, (_, number) => alarm(number)) };
    expect(toCopy(many).length).toBeLessThan(300_000);
  });

  it('that cannot be read is none', () => {
    expect(fromCopy('')).toBeNull();
    expect(fromCopy('no copy')).toBeNull();
    expect(fromCopy(Buffer.from('{}').toString('base64'))).toBeNull();
  });
});
