import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type AlarmHistoryItem,
  type CloudWatchClient,
  type DescribeAlarmHistoryInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { readAlarms } from '../../../../../scripts/lastgood/incident/read/alarms.ts';
import type { View } from '../../../../../scripts/lastgood/incident/view.ts';
import type { AlarmState } from '../../../../../src/rollback/facts.ts';
import { ALARM, at, BY_ALARM, judged, PLAN } from '../checkout.ts';

const UNTIL = at('03:08');

const VIEW: View = { request: { ...BY_ALARM, trigger: ALARM }, looks: [judged()] };

function turned(AlarmName: string, clock: string, from: AlarmState, to: AlarmState): AlarmHistoryItem {
  const HistoryData = JSON.stringify({ oldState: { stateValue: from }, newState: { stateValue: to } });
  return { AlarmName, Timestamp: new Date(at(clock)), HistoryItemType: 'StateUpdate', HistoryData };
}

/** CloudWatch with these items, two on a page. */
function cloudwatch(items: readonly AlarmHistoryItem[], described: readonly string[] = []) {
  const histories: DescribeAlarmHistoryInput[] = [];
  const batches: number[] = [];
  const send = (command: unknown) => {
    if (command instanceof DescribeAlarmsCommand) {
      const { AlarmNames = [] } = command.input;
      batches.push(AlarmNames.length);
      const MetricAlarms = described
        .filter((name) => AlarmNames.includes(name))
        .map((AlarmName) => ({ AlarmName }));
      return Promise.resolve({ MetricAlarms });
    }
    const { input } = command as DescribeAlarmHistoryCommand;
    histories.push(input);
    return Promise.resolve(pageOf(items, input));
  };
  return { client: { send } as unknown as CloudWatchClient, histories, batches };
}

function pageOf(items: readonly AlarmHistoryItem[], input: DescribeAlarmHistoryInput) {
  const { AlarmName, StartDate, EndDate, ScanBy, NextToken = '0' } = input;
  const isAsked = ({ AlarmName: name, Timestamp: when }: AlarmHistoryItem) =>
    (AlarmName === undefined || AlarmName === name) &&
    when! >= StartDate! &&
    (EndDate === undefined || when! <= EndDate);
  const sign = ScanBy === 'TimestampAscending' ? 1 : -1;
  const found = items
    .filter(isAsked)
    .toSorted((one, other) => sign * (one.Timestamp!.getTime() - other.Timestamp!.getTime()));
  const from = Number(NextToken);
  const next = from + 2 < found.length ? { NextToken: String(from + 2) } : {};
  return { AlarmHistoryItems: found.slice(from, from + 2), ...next };
}

const changesOf = (alarms: Awaited<ReturnType<typeof readAlarms>>, name: string) =>
  alarms.find((alarm) => alarm.name === name)?.changes.map(({ at: when, to }) => [when, to]);

describe('the alarms around a past execution', () => {
  test('are all that turned, page after page, with their present state', async () => {
    const items = [
      turned(ALARM.alarm, '02:00', 'INSUFFICIENT_DATA', 'OK'),
      turned('mail', '02:10', 'OK', 'ALARM'),
      turned('mail', '02:20', 'ALARM', 'OK'),
      turned('search', '03:03', 'OK', 'ALARM'),
      turned(ALARM.alarm, '03:04', 'OK', 'ALARM'),
      turned('late', '03:09', 'OK', 'ALARM'),
    ];
    const { client } = cloudwatch(items, ['mail', ALARM.alarm]);
    const alarms = await readAlarms(client, VIEW, UNTIL);
    expect(alarms.map(({ name, described }) => [name, described?.AlarmName])).toEqual([
      [ALARM.alarm, ALARM.alarm],
      ['mail', 'mail'],
      ['search', undefined],
    ]);
    expect(changesOf(alarms, 'mail')).toEqual([
      [at('02:10'), 'ALARM'],
      [at('02:20'), 'OK'],
    ]);
    expect(changesOf(alarms, ALARM.alarm)).toEqual([
      [at('02:00'), 'OK'],
      [at('03:04'), 'ALARM'],
    ]);
  });

  test('include those that the plan watches, up to one change beyond the last look', async () => {
    const plan = { ...PLAN, watch: { ...PLAN.watch, alarms: ['checkout-latency'] } };
    const items = ['03:10', '03:20', '03:30', '03:40', '03:50'].map((clock, k) =>
      k % 2 === 0
        ? turned('checkout-latency', clock, 'OK', 'ALARM')
        : turned('checkout-latency', clock, 'ALARM', 'OK'),
    );
    const { client, histories } = cloudwatch(items);
    const alarms = await readAlarms(client, { ...VIEW, looks: [{ ...judged(), plan }] }, UNTIL);
    expect(changesOf(alarms, 'checkout-latency')).toEqual([
      [at('03:10'), 'ALARM'],
      [at('03:20'), 'OK'],
    ]);
    expect(histories.filter(({ AlarmName: name }) => name === 'checkout-latency')).toHaveLength(1);
  });

  test('are looked up as far back as the judge looks', async () => {
    const { client, histories } = cloudwatch([]);
    await readAlarms(client, VIEW, UNTIL);
    const [others, own] = [undefined, ALARM.alarm].map((of) =>
      histories.find(({ AlarmName: name }) => name === of),
    );
    expect(own?.StartDate?.toISOString()).toBe('2026-11-21T01:04:00.000Z');
    expect(others?.StartDate?.toISOString()).toBe('2026-11-21T03:04:00.000Z');
    expect(others?.EndDate?.toISOString()).toBe(UNTIL);
  });

  test('are described a hundred at a time', async () => {
    const items = Array.from({ length: 150 }, (_, k) => turned(`alarm-${k}`, '03:00', 'OK', 'ALARM'));
    const { client, batches } = cloudwatch(items);
    expect(await readAlarms(client, VIEW, UNTIL)).toHaveLength(151);
    expect(batches).toEqual([100, 51]);
  });

  test('of many time series are read by the id of one', async () => {
    const trigger = { ...ALARM, contributor: 'series-1' };
    const { client, histories } = cloudwatch([]);
    await readAlarms(client, { ...VIEW, request: { ...VIEW.request, trigger } }, UNTIL);
    expect(histories.find(({ AlarmName: name }) => name === ALARM.alarm)).toMatchObject({
      HistoryItemType: 'AlarmContributorStateUpdate',
      AlarmContributorId: 'series-1',
    });
  });
});
