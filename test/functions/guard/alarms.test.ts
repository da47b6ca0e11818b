import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../../functions/guard/alarms.ts';
import type { Judgeable } from '../../../src/rollback/document.ts';
import { Throttled, Unavailable } from '../../../src/rollback/errors.ts';
import {
  ALARM,
  at,
  BY_ALARM,
  NOW,
  planOf,
  TARGET,
  withoutDeployment,
} from '../../src/rollback/judge-facts.ts';
import { awsError, clientWith, redAlarm, stateUpdate } from './cloudwatch.ts';

const GROUP =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-blue/0123456789abcdef';
const watch = { targetGroups: [{ arn: GROUP, wanted: 2 }], alarms: ['checkout-latency'], probes: [] };

function rollback(plan = planOf(undefined, { watch })): Judgeable {
  return {
    request: BY_ALARM,
    execution: 'one',
    claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
    plan,
  };
}

describe('the history of the alarm', () => {
  test('is read from a window before the deployment began, composite alarms too', async () => {
    const { client, asked } = clientWith([{ AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM')] }]);
    const history = await createAlarms(client).history(
      rollback(planOf({ lastgood: 'auto', 'lastgood:window': '90' })),
    );
    expect(history).toEqual({ known: true, is: [{ at: at('03:04'), from: 'OK', to: 'ALARM' }] });
    expect(asked).toMatchObject([
      {
        AlarmName: 'checkout-5xx',
        HistoryItemType: 'StateUpdate',
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
        StartDate: new Date(at('01:30')),
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

  test('begins a window before the alarm where no deployment is known', async () => {
    const { client, asked } = clientWith([{}]);
    await createAlarms(client).history(rollback(withoutDeployment()));
    expect(asked[0]?.StartDate).toEqual(new Date(at('02:04')));
  });

  test('is read page after page', async () => {
    const pages = [
      { AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM')] },
      { AlarmHistoryItems: [stateUpdate(at('02:50'), 'ALARM', 'OK')] },
    ];
    const { client, asked } = clientWith(pages);
    expect(await createAlarms(client).history(rollback())).toMatchObject({
      is: [{ to: 'ALARM' }, { to: 'OK' }],
    });
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'page-1']);
  });

  test('is unknown when it has no end: a part of it could tell a wrong story', async () => {
    const { client } = clientWith(
      Array.from({ length: 6 }, () => ({ AlarmHistoryItems: [stateUpdate(at('03:04'), 'OK', 'ALARM')] })),
    );
    expect(await createAlarms(client).history(rollback())).toEqual({
      known: false,
      why: 'it changed its state more than 5 times',
    });
  });

  test.each([
    ['not JSON', 'x'],
    ['without states', '{"version":"1.0"}'],
    [
      'with a state that we do not know',
      '{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"PURPLE"}}',
    ],
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
    await expect(createAlarms(clientWith([error]).client).others(rollback())).rejects.toThrow(expected);
  });

  test('at all is unknown', async () => {
    const denied = awsError('AccessDenied');
    const why = 'AccessDenied: no';
    expect(await createAlarms(clientWith([denied]).client).history(rollback())).toEqual({
      known: false,
      why,
    });
    expect(await createAlarms(clientWith([denied]).client).others(rollback())).toEqual({ known: false, why });
  });
});

describe('other alarms', () => {
  const others = async (...MetricAlarms: object[]) =>
    createAlarms(clientWith([{ MetricAlarms }]).client).others(rollback());

  test('are told by their target or else their name, each thing once, with its earliest turn', async () => {
    expect(
      await others(
        redAlarm('basket-cpu', at('03:03'), { ClusterName: 'prod', ServiceName: 'basket' }),
        redAlarm('basket-memory', at('03:05'), { ClusterName: 'prod', ServiceName: 'basket' }),
        redAlarm('queue-age', at('03:04'), { QueueName: 'orders' }),
        redAlarm('queue-depth', at('03:04'), { QueueName: 'orders' }),
        redAlarm('business-orders', at('03:04')),
      ),
    ).toEqual({
      known: true,
      is: [
        { about: 'ecs:prod/basket', relation: 'unknown', at: at('03:03') },
        { about: 'queue-age', relation: 'unknown', at: at('03:04') },
        { about: 'business-orders', relation: 'unknown', at: at('03:04') },
      ],
    });
  });

  test('of the target itself do not count', async () => {
    const [cluster = '', service = ''] = TARGET.slice('ecs:'.length).split('/');
    expect(
      await others(
        redAlarm('checkout-5xx', at('03:04')),
        redAlarm('checkout-latency', at('03:04')),
        redAlarm('checkout-cpu', at('03:04'), { ClusterName: cluster, ServiceName: service }),
        redAlarm('checkout-hosts', at('03:04'), {
          TargetGroup: 'targetgroup/checkout-blue/0123456789abcdef',
          LoadBalancer: 'app/web/1',
        }),
      ),
    ).toEqual({ known: true, is: [] });
  });

  test('over metric maths are told by the dimensions of their metrics', async () => {
    const metric = {
      Dimensions: [
        { Name: 'ClusterName', Value: 'prod' },
        { Name: 'ServiceName', Value: 'basket' },
      ],
    };
    const alarm = {
      ...redAlarm('basket-share', at('03:04')),
      Metrics: [{ Expression: 'm1/m2' }, { MetricStat: { Metric: metric } }],
    };
    expect(await others(alarm)).toEqual({
      known: true,
      is: [{ about: 'ecs:prod/basket', relation: 'unknown', at: at('03:04') }],
    });
  });

  test('are asked for by state, and in no more than three pages', async () => {
    const page = { MetricAlarms: [redAlarm('other', at('03:04'))] };
    const { client, asked } = clientWith([page, page, page, page]);
    await createAlarms(client).others(rollback());
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ StateValue: 'ALARM', AlarmTypes: ['MetricAlarm'] });
  });
});
