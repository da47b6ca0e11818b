import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { toAlarms } from '../../../../scripts/lastgood/incident/to-alarms.ts';
import type { PastAlarm, Moment } from '../../../../scripts/lastgood/incident/moment.ts';
import type { AlarmState, StateChange } from '../../../../src/rollback/facts.ts';
import { after } from '../../../../src/rollback/time.ts';
import { omit } from '../../../src/rollback/judge-facts.ts';
import { ALARM, at, NOW, PLAN, MOMENT, TARGET } from './checkout.ts';

const turn = (clock: string, from: AlarmState, to: AlarmState): StateChange => ({ at: at(clock), from, to });

const GROUP = 'targetgroup/checkout/0a1b2c3d4e5f6071';

const DESCRIBED: MetricAlarm = {
  AlarmName: ALARM.alarm,
  AlarmConfigurationUpdatedTimestamp: new Date(at('00:00')),
  StateValue: 'OK',
  StateTransitionedTimestamp: new Date(at('03:30')),
  Namespace: 'AWS/ApplicationELB',
  MetricName: 'HTTPCode_Target_5XX_Count',
  Dimensions: [{ Name: 'TargetGroup', Value: GROUP }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};

const OWN: PastAlarm = {
  name: ALARM.alarm,
  described: DESCRIBED,
  changes: [
    turn('02:00', 'INSUFFICIENT_DATA', 'OK'),
    turn('03:04', 'OK', 'ALARM'),
    turn('03:30', 'ALARM', 'OK'),
  ],
};

const other = (name: string, changes: readonly StateChange[], described: MetricAlarm = {}): PastAlarm => ({
  name,
  described: {
    ...DESCRIBED,
    AlarmName: name,
    Dimensions: [
      { Name: 'ClusterName', Value: 'prod' },
      { Name: 'ServiceName', Value: name },
    ],
    ...described,
  },
  changes,
});

const written = (alarms: readonly PastAlarm[], moment: Partial<Moment> = {}) =>
  toAlarms(alarms, { ...MOMENT, ...moment });

describe('the alarm that triggered', () => {
  test('is written as it was then, and not as it is now', () => {
    expect(written([OWN])).toEqual([
      {
        name: ALARM.alarm,
        type: 'metric',
        target: TARGET,
        relation: 'this',
        metric: 'errors',
        periodSeconds: 60,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        threshold: 5,
        treatMissingData: 'notBreaching',
        state: 'ALARM',
        history: OWN.changes.slice(0, 2),
      },
    ]);
  });

  test('is written in the units of an incident', () => {
    const rate = { ...DESCRIBED, MetricName: undefined, Namespace: undefined, Threshold: 0.05 };
    const query = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'AWS/ApplicationELB', MetricName }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    });
    const Metrics = [
      { Id: 'share', Expression: 'e / r', ReturnData: true },
      query('e', 'HTTPCode_Target_5XX_Count'),
      query('r', 'RequestCount'),
    ];
    expect(written([{ ...OWN, described: { ...rate, Metrics } }])).toMatchObject([
      { metric: 'errorRate', threshold: 5 },
    ]);
  });

  test('that was configured anew since is written with the metric of its event alone', () => {
    const described = { ...DESCRIBED, AlarmConfigurationUpdatedTimestamp: new Date(at('03:06')) };
    const meter = { metric: 'errors', namespace: '', name: '', stat: '', dimensions: {} } as const;
    const request = { ...MOMENT.request, trigger: { ...ALARM, meters: [meter] } };
    const [alarm] = written([{ ...OWN, described }], { request });
    expect(alarm).toMatchObject({ metric: 'errors', state: 'ALARM' });
    expect(alarm).not.toHaveProperty('threshold');
    expect(written([{ ...OWN, described }])[0]).not.toHaveProperty('metric');
  });

  test('that was deleted since is written from its history', () => {
    expect(written([omit(OWN, 'described')])).toEqual([
      {
        name: ALARM.alarm,
        type: 'metric',
        target: TARGET,
        relation: 'this',
        state: 'ALARM',
        history: OWN.changes.slice(0, 2),
      },
    ]);
  });

  test('has no history if its turn is no longer kept, like every other alarm', () => {
    const second = other('checkout-2', []);
    const watch = { ...PLAN.watch, alarms: ['checkout-2'] };
    const alarms = written([{ ...OWN, changes: [] }, second], { plan: { ...PLAN, watch }, at: at('04:00') });
    expect(alarms.map(({ name, state, history }) => [name, state, history])).toEqual([
      [ALARM.alarm, 'ALARM', undefined],
      ['checkout-2', 'OK', undefined],
    ]);
  });
});

describe('other alarms', () => {
  const needs = { ...PLAN, tags: { ...PLAN.tags, 'lastgood:needs': 'ecs:prod/search' } };
  const names = (alarms: readonly PastAlarm[], moment?: Partial<Moment>) =>
    written([OWN, ...alarms], moment)
      .slice(1)
      .map(({ name }) => name);

  test('are related to the target as its tag says', () => {
    const red = ['search', 'mail'].map((name) => other(name, [turn('03:03', 'OK', 'ALARM')]));
    const relations = (moment: Partial<Moment>) =>
      written([OWN, ...red], moment)
        .slice(1)
        .map(({ target, relation }) => [target, relation]);
    expect(relations({ plan: needs })).toEqual([
      ['ecs:prod/search', 'dependency'],
      ['ecs:prod/mail', 'neighbour'],
    ]);
    expect(relations({})).toEqual([
      ['ecs:prod/search', 'unknown'],
      ['ecs:prod/mail', 'unknown'],
    ]);
  });

  test('are the target’s own if their dimensions or the plan say so', () => {
    const watch = {
      ...PLAN.watch,
      targetGroups: [{ arn: `arn:aws:elasticloadbalancing:eu-west-1:1:${GROUP}`, wanted: 1 }],
    };
    const behind = other('behind', [], {
      Dimensions: DESCRIBED.Dimensions,
      StateTransitionedTimestamp: new Date(at('01:00')),
    });
    expect(
      written([OWN, other('checkout', [turn('03:03', 'OK', 'ALARM')]), behind], { plan: { ...PLAN, watch } }),
    ).toMatchObject([
      {},
      { relation: 'this', metric: 'errors' },
      { relation: 'this', state: 'OK', history: [] },
    ]);
  });

  test('are written if they turned within a day, or were red', () => {
    const yesterday = (hours: number, from: AlarmState, to: AlarmState): StateChange => ({
      at: after(NOW, -hours * 3600),
      from,
      to,
    });
    const cases = [
      other('turned-today', [yesterday(23, 'ALARM', 'OK')]),
      other('turned-before', [yesterday(25, 'ALARM', 'OK')]),
      other('red-for-long', [yesterday(25, 'OK', 'ALARM')]),
      other('turned-since', [turn('03:06', 'OK', 'ALARM')]),
    ];
    expect(names(cases)).toEqual(['turned-today', 'red-for-long']);
    expect(written([OWN, other('red-for-long', [yesterday(25, 'OK', 'ALARM')])])[1]?.history).toHaveLength(1);
  });

  test('are left out if they are composite', () => {
    const rule: CompositeAlarm = {
      AlarmName: 'all',
      AlarmRule: 'ALARM(mail)',
      StateTransitionedTimestamp: new Date(NOW),
    };
    expect(names([{ name: 'all', described: rule, changes: [turn('03:03', 'OK', 'ALARM')] }])).toEqual([]);
  });

  test('name metrics as CloudWatch does', () => {
    const [, alarm] = written([OWN, other('mail', [turn('03:03', 'OK', 'ALARM')])]);
    expect(alarm).toMatchObject({ metric: 'HTTPCode_Target_5XX_Count', threshold: 5 });
  });
});
