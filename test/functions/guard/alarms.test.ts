import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../functions/guard/alarms.ts';
import type { RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Judgeable } from '../../../src/rollback/document.ts';
import { Throttled, Unavailable } from '../../../src/rollback/errors.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import {
  ALARM,
  at,
  BY_ALARM,
  BY_DEPLOYMENT,
  BY_HAND,
  DEPLOYMENT,
  NOW,
  omit,
  planOf,
  TARGET,
  withoutDeployment,
} from '../../src/rollback/judge-facts.ts';
import { awsError, clientWith, stateUpdate } from './cloudwatch.ts';

function rollback(plan: Plan = planOf(), request: Request = BY_ALARM): Judgeable {
  return {
    request,
    execution: 'one',
    claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
    plan,
  };
}

const BEFORE: RollbackRecord = {
  ...{ target: TARGET, execution: 'before', startedAt: at('02:40'), automatic: true },
  ...{ request: BY_ALARM, alsoTriggeredBy: [] },
};
const turnOf = (alarm: string, clock: string): Request => ({
  ...BY_ALARM,
  trigger: { ...ALARM, alarm, at: at(clock) },
});

describe('the alarms that had turned before the deployment began', () => {
  test('are those of earlier rollbacks, and are read since they turned', async () => {
    const { client, asked } = clientWith([
      { AlarmHistoryItems: [stateUpdate(at('02:50'), 'ALARM', 'OK')] },
      {},
    ]);
    const records = [
      { ...BEFORE, request: turnOf('latency', '02:40'), alsoTriggeredBy: [turnOf('cpu', '02:41')] },
      { ...BEFORE, request: turnOf('cpu', '02:30'), alsoTriggeredBy: [BY_HAND, BY_DEPLOYMENT] },
      { ...BEFORE, request: turnOf('memory', '02:20') },
      { ...BEFORE, request: turnOf('late', '03:01') },
    ];
    expect(await createAlarms(client).turnedBefore(rollback(planOf(), BY_DEPLOYMENT), records)).toEqual([
      {
        alarm: 'cpu',
        history: {
          known: true,
          is: [
            { at: at('02:50'), from: 'ALARM', to: 'OK' },
            { at: at('02:41'), from: 'OK', to: 'ALARM' },
          ],
        },
      },
      { alarm: 'latency', history: { known: true, is: [{ at: at('02:40'), from: 'OK', to: 'ALARM' }] } },
    ]);
    expect(asked).toMatchObject([
      { AlarmName: 'cpu', StartDate: new Date(at('02:40')) },
      { AlarmName: 'latency', StartDate: new Date(at('02:39')) },
    ]);
  });

  test('are not the alarm of the trigger, whose history is read beside', async () => {
    const { client, asked } = clientWith([{}]);
    const records = [
      { ...BEFORE, request: turnOf('checkout-5xx', '02:45') },
      { ...BEFORE, request: turnOf('latency', '02:40') },
      { ...BEFORE, request: turnOf('cpu', '02:30') },
    ];
    const read = await createAlarms(client).turnedBefore(rollback(), records);
    expect(read.map(({ alarm }) => alarm)).toEqual(['latency']);
    expect(asked).toHaveLength(1);
  });

  test('turned from OK where the trigger does not say from what', async () => {
    const turn = omit({ ...ALARM, alarm: 'latency', at: at('02:40') }, 'previously');
    const records = [{ ...BEFORE, request: { ...BY_ALARM, trigger: turn } }];
    const [read] = await createAlarms(clientWith([{}]).client).turnedBefore(rollback(), records);
    expect(read?.history).toEqual({ known: true, is: [{ at: at('02:40'), from: 'OK', to: 'ALARM' }] });
  });

  test('are unknown where they changed too often since', async () => {
    const { client } = clientWith([
      { AlarmHistoryItems: [stateUpdate(at('03:02'), 'OK', 'ALARM')] },
      { AlarmHistoryItems: [] },
    ]);
    const records = [{ ...BEFORE, request: turnOf('latency', '02:40') }];
    const [read] = await createAlarms(client).turnedBefore(rollback(), records);
    expect(read?.history).toMatchObject({ known: false });
  });

  test.each([
    ['there are none', planOf(), []],
    ['no deployment is known', withoutDeployment(), [{ ...BEFORE, request: turnOf('latency', '02:40') }]],
  ])('cost no call where %s', async (_, plan, records) => {
    const { client, asked } = clientWith([]);
    expect(await createAlarms(client).turnedBefore(rollback(plan), records)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('the history of the alarm', () => {
  test('is read, that of composite alarms too', async () => {
    const { client, asked } = clientWith([{ AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM')] }]);
    const history = await createAlarms(client).history(rollback());
    expect(history).toEqual({ known: true, is: [{ at: at('03:04'), from: 'OK', to: 'ALARM' }] });
    expect(asked).toMatchObject([
      {
        AlarmName: 'checkout-5xx',
        HistoryItemType: 'StateUpdate',
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      },
    ]);
  });

  test('of one time series is its own, and unknown where AWS writes it in another way', async () => {
    const trigger = { ...ALARM, contributor: '3f9a1c77b2d04e58' };
    const of = { ...rollback(), request: { ...BY_ALARM, trigger } };
    const { client, asked } = clientWith([{ AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM')] }]);
    expect(await createAlarms(client).history(of)).toMatchObject({ known: true, is: [{ to: 'ALARM' }] });
    expect(asked).toMatchObject([
      { AlarmContributorId: '3f9a1c77b2d04e58', HistoryItemType: 'AlarmContributorStateUpdate' },
    ]);
    const item = { Timestamp: new Date(at('03:04')), HistoryData: '{"state":{"value":"ALARM"}}' };
    const other = clientWith([{ AlarmHistoryItems: [item] }]).client;
    expect(await createAlarms(other).history(of)).toMatchObject({ known: false });
  });

  test('reaches back by the window of the target, and from the alarm where no deployment is known', async () => {
    const day = { lastgood: 'auto', 'lastgood:window': '240' };
    const suspect = { ...DEPLOYMENT, startedAt: '2026-11-21T04:00:00.000Z' };
    const { client, asked } = clientWith([{}]);
    await createAlarms(client).history(rollback(planOf(day, { deployment: suspect })));
    expect(asked[0]?.StartDate).toEqual(new Date('2026-11-21T00:00:00.000Z'));
    const other = clientWith([{}]);
    await createAlarms(other.client).history(rollback(withoutDeployment()));
    expect(other.asked[0]?.StartDate).toEqual(new Date('2026-11-21T01:04:00.000Z'));
  });

  test('reaches at least 26 hours back: what turned at this hour yesterday turns by the clock', async () => {
    const { client, asked } = clientWith([{}]);
    await createAlarms(client).history(rollback());
    expect(asked[0]?.StartDate).toEqual(new Date('2026-11-21T01:04:00.000Z'));
  });

  test('reaches back to a window before the deployment that is suspected, however old that is', async () => {
    const suspect = { ...DEPLOYMENT, startedAt: '2026-11-20T12:00:00.000Z' };
    const later = { ...DEPLOYMENT, id: 'later', startedAt: at('03:03') };
    const onset = { at: at('03:01'), until: at('03:02') };
    const { client, asked } = clientWith([{}]);
    await createAlarms(client).history(
      rollback(planOf(undefined, { recent: [later, suspect] }), {
        ...BY_ALARM,
        trigger: { ...ALARM, onset },
      }),
    );
    expect(asked[0]?.StartDate).toEqual(new Date('2026-11-20T11:00:00.000Z'));
  });

  const often = (oldest: string) => [
    { AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM'), stateUpdate(at(oldest), 'ALARM', 'OK')] },
    { AlarmHistoryItems: [stateUpdate(at('01:00'), 'OK', 'ALARM')] },
  ];

  test('is one call: of an alarm that changes often the newest changes are known', async () => {
    const { client, asked } = clientWith(often('02:00'));
    expect(await createAlarms(client).history(rollback())).toMatchObject({
      is: [{ to: 'ALARM' }, { at: at('02:00'), to: 'OK' }],
    });
    expect(asked).toHaveLength(1);
  });

  test('is unknown where those do not reach back to before the deployment', async () => {
    const { client, asked } = clientWith(often('02:01'));
    expect(await createAlarms(client).history(rollback())).toEqual({
      known: false,
      why: `it changed its state more than 2 times since ${at('02:00')}`,
    });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['not JSON', 'x'],
    ['without states', '{"version":"1.0"}'],
    ['with an unknown state', '{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"PURPLE"}}'],
  ])('is unknown when a change is %s', async (_what, HistoryData) => {
    const { client } = clientWith([{ AlarmHistoryItems: [{ Timestamp: new Date(NOW), HistoryData }] }]);
    expect(await createAlarms(client).history(rollback())).toMatchObject({ known: false });
  });

  test('as AWS records it can be read', async ({ skip }) => {
    const file = new URL(
      '../../../../shared/corpus/api-cloudwatch/awscli__cloudwatch_describe_alarm_history__0.json',
      import.meta.url,
    );
    if (!existsSync(file)) skip('the recorded responses are not here');
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as { AlarmHistoryItems: { Timestamp: string }[] };
    const AlarmHistoryItems = recorded.AlarmHistoryItems.map((item) => ({
      ...item,
      Timestamp: new Date(item.Timestamp),
    }));
    const history = await createAlarms(clientWith([{ AlarmHistoryItems }]).client).history(rollback());
    expect(history).toMatchObject({
      known: true,
      is: [
        { from: 'ALARM', to: 'OK' },
        { from: 'OK', to: 'ALARM' },
      ],
    });
  });
});

describe('what cannot be read', () => {
  test.each([
    [awsError('ThrottlingException'), Throttled],
    [awsError('InternalServiceFault', 500), Unavailable],
  ])('now is tried again by the state machine: %s', async (error, expected) => {
    await expect(createAlarms(clientWith([error]).client).history(rollback())).rejects.toThrow(expected);
  });

  test('at all is unknown', async () => {
    const denied = awsError('AccessDenied');
    const why = 'AccessDenied: no';
    expect(await createAlarms(clientWith([denied]).client).history(rollback())).toEqual({
      known: false,
      why,
    });
  });
});
