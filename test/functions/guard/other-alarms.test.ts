import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { othersAmong } from '../../../functions/guard/other-alarms.ts';
import { at, BY_ALARM, BY_ALERT, NOW, omit, planOf, TARGET } from '../../src/rollback/judge-facts.ts';
import { redAlarm } from './cloudwatch.ts';

const GROUP =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-blue/0123456789abcdef';
const watch = { targetGroups: [{ arn: GROUP, wanted: 2 }], alarms: ['checkout-latency'], probes: [] };
const BASKET = { ClusterName: 'prod', ServiceName: 'basket' };

const judged = (tags: Record<string, string>, request = BY_ALARM) => ({
  request,
  execution: 'one',
  claim: { kind: 'ecs', holder: 'one', since: NOW, expiresAt: NOW },
  plan: planOf({ lastgood: 'auto', ...tags }, { watch }),
});
const withOnsets = (tags: Record<string, string>, request = BY_ALARM, ...red: MetricAlarm[]) =>
  othersAmong(red, judged(tags, request), 0);
/** The others without their onsets, which tests of their own show. */
const othersFor = (tags: Record<string, string>, request = BY_ALARM, ...red: MetricAlarm[]) =>
  withOnsets(tags, request, ...red).map((other) => omit(other, 'onset'));
const others = (...red: MetricAlarm[]) => othersFor({}, BY_ALARM, ...red);

test('are listed by their target or else their name, each once, with its earliest turn', () => {
  expect(
    others(
      redAlarm('basket-cpu', at('03:03'), BASKET),
      redAlarm('basket-memory', at('03:05'), BASKET),
      redAlarm('queue-age', at('03:04'), { QueueName: 'orders' }),
      redAlarm('queue-depth', at('03:02'), { QueueName: 'orders' }),
      redAlarm('business-orders', at('03:04')),
    ),
  ).toEqual([
    { about: 'ecs:prod/basket', isTarget: true, relation: 'unknown', at: at('03:03') },
    { about: 'queue-depth', relation: 'unknown', at: at('03:02') },
    { about: 'business-orders', relation: 'unknown', at: at('03:04') },
  ]);
});

test('that only scale do not count', () => {
  const AlarmActions = ['arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:policyName/cpu'];
  expect(others({ ...redAlarm('basket-cpu', at('03:03'), BASKET), AlarmActions })).toEqual([]);
});

test('of the target itself do not count', () => {
  const [cluster = '', service = ''] = TARGET.slice('ecs:'.length).split('/');
  const red = [
    redAlarm('checkout-latency', at('03:04')),
    redAlarm('checkout-cpu', at('03:04'), { ClusterName: cluster, ServiceName: service }),
    redAlarm('checkout-hosts', at('03:04'), {
      TargetGroup: 'targetgroup/checkout-blue/0123456789abcdef',
      LoadBalancer: 'app/web/1',
    }),
  ];
  expect(others(redAlarm('checkout-5xx', at('03:04')), ...red)).toEqual([]);
  expect(othersFor({}, BY_ALERT, ...red)).toEqual([]);
});

test('on metric maths are listed by the dimensions of their metrics', () => {
  const metric = { Dimensions: Object.entries(BASKET).map(([Name, Value]) => ({ Name, Value })) };
  const alarm = {
    ...redAlarm('basket-share', at('03:04')),
    Metrics: [
      { Id: 'e1', Expression: 'm1/m2' },
      { Id: 'm1', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
    ],
  };
  expect(others(alarm)).toEqual([
    { about: 'ecs:prod/basket', isTarget: true, relation: 'unknown', at: at('03:04') },
  ]);
});

describe('are, where the target says what it needs,', () => {
  const relations = (needs: string, ...red: MetricAlarm[]) =>
    othersFor({ 'lastgood:needs': needs }, BY_ALARM, ...red).map(({ about, relation }) => [about, relation]);

  test('dependencies, by their target or their name, or else neighbours', () => {
    const red = [
      redAlarm('basket-cpu', at('03:03'), BASKET),
      redAlarm('orders-db', at('03:03'), { DBInstanceIdentifier: 'orders' }),
      redAlarm('search', at('03:03')),
    ];
    expect(relations('ecs:prod/basket alarm:orders-db', ...red)).toEqual([
      ['ecs:prod/basket', 'dependency'],
      ['orders-db', 'dependency'],
      ['search', 'neighbour'],
    ]);
    expect(relations('', ...red).map(([, relation]) => relation)).toEqual(Array(3).fill('neighbour'));
  });

  test('dependencies, if one alarm of several about the same thing is named', () => {
    const [named, earlier] = ['orders-db-cpu', 'orders-db-disk'].map((name, minute) =>
      redAlarm(name, at(`03:0${3 - minute}`), { DBInstanceIdentifier: 'orders' }),
    );
    const expected = [{ about: 'orders-db-disk', relation: 'dependency', at: at('03:02') }];
    const tags = { 'lastgood:needs': 'alarm:orders-db-cpu' };
    expect(othersFor(tags, BY_ALARM, named!, earlier!)).toEqual(expected);
    expect(othersFor(tags, BY_ALARM, earlier!, named!)).toEqual(expected);
  });
});

test('of target groups are of targets, as many as have arrived, because their tags may name some', () => {
  const alarm = {
    ...redAlarm('shop-5xx', at('03:04')),
    Dimensions: [{ Name: 'TargetGroup', Value: 'targetgroup/shop/0a1b2c3d4e5f6071' }],
  };
  const other = { about: 'shop-5xx', relation: 'unknown', at: at('03:04') };
  expect(others(alarm)).toEqual([other]);
  expect(othersAmong([alarm], judged({}), Infinity)).toEqual([
    expect.objectContaining({ ...other, isTarget: true }),
  ]);
  const groups = [1, 2, 3].map((number) => ({
    ...redAlarm(`group-${number}`, at('03:04')),
    Dimensions: [{ Name: 'TargetGroup', Value: `targetgroup/group-${number}/0a1b2c3d4e5f6071` }],
  }));
  const counted = (arrived: number) =>
    othersAmong(groups, judged({}), arrived).filter(({ isTarget }) => isTarget === true).length;
  expect([0, 1, 2, 3, 9].map(counted)).toEqual([0, 0, 1, 2, 3]);
});

test('whose actions are withheld start nothing, and so count for no storm', () => {
  const silent = { ...redAlarm('basket-cpu', at('03:03'), BASKET), ActionsSuppressedBy: 'Alarm' as const };
  expect(others(silent)).toEqual([{ about: 'ecs:prod/basket', relation: 'unknown', at: at('03:03') }]);
});

describe('the onset of another alarm', () => {
  const onsetIn = (...red: MetricAlarm[]) => withOnsets({}, BY_ALARM, ...red)[0]?.onset;
  const red = redAlarm('db', at('03:04'));

  test('is its first breaching datapoint', () => {
    const reasonData = { startDate: at('03:00'), period: 60, threshold: 5, recentDatapoints: [1, 9, 9] };
    const StateReasonData = JSON.stringify(reasonData);
    expect(onsetIn({ ...red, StateReasonData })).toEqual({ at: at('03:01'), until: at('03:02') });
  });

  test('without datapoints is the range that its settings allow', () => {
    const range = (from: string) => ({ at: at(from), until: at('03:04'), estimated: true });
    expect(onsetIn(red)).toEqual(range('03:02'));
    expect(onsetIn({ ...red, Period: 60, EvaluationPeriods: 3 })).toEqual(range('03:00'));
    const Metrics = [{ Id: 'rate' }, { Id: 'all', MetricStat: { Metric: {}, Period: 120, Stat: 'Sum' } }];
    expect(onsetIn({ ...red, Metrics, EvaluationPeriods: 1 })).toEqual(range('03:01'));
  });

  test('is the earliest of those with one subject', () => {
    const queue = { QueueName: 'orders' };
    const late = { ...redAlarm('age', at('03:04'), queue), EvaluationPeriods: 5 };
    expect(onsetIn(redAlarm('depth', at('03:02'), queue), late)?.at).toBe(at('02:58'));
  });
});
