import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { ALARM, METRIC, openDesk } from './cloudwatch-desk.ts';
import { refusal, START } from './elb-shop.ts';

const changes = ({ events }: ReturnType<typeof openDesk>): readonly string[] =>
  events.map(({ detail }) => {
    const { previousState, state } = detail as { previousState: { value: string }; state: { value: string } };
    return `${previousState.value} -> ${state.value}`;
  });

describe('a metric alarm', () => {
  test('begins in INSUFFICIENT_DATA and follows its metric', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    expect(desk.state()).toBe('INSUFFICIENT_DATA');
    await desk.minutes(0, 0, 9, 9, 9, 0, 0, 0);
    expect(changes(desk)).toEqual(['INSUFFICIENT_DATA -> OK', 'OK -> ALARM', 'ALARM -> OK']);
  });

  test('of 2 out of 2 needs two breaching minutes', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    await desk.minutes(0, 0, 9, 0, 9, 0, 9, 0, 0);
    expect(changes(desk)).toEqual(['INSUFFICIENT_DATA -> OK']);
  });

  test('returns to INSUFFICIENT_DATA once the whole evaluation range is empty', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    await desk.minutes(0, 0, 0, null, null, null);
    expect(desk.state()).toBe('OK');
    await desk.minutes(null, null, null);
    expect(desk.state()).toBe('INSUFFICIENT_DATA');
  });

  test('is evaluated once a minute, at its own place in the minute', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    await desk.minutes(0, 0, 9, 9, 9, 0, 0, 0);
    const places = desk.events.map(({ detail }) => {
      const { state } = detail as { state: { timestamp: string } };
      return Date.parse(state.timestamp.replace('+0000', 'Z')) % 60_000;
    });
    expect(new Set(places).size).toBe(1);
  });

  test('with a period of ten seconds turns within half a minute', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, Period: 10, EvaluationPeriods: 1 });
    await desk.run(60);
    desk.measure(9);
    await desk.run(25);
    expect(desk.state()).toBe('ALARM');
  });

  test('a five-minute period ends at the last full minute, not at a multiple of five', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, Period: 300, EvaluationPeriods: 1 });
    await desk.minutes(0, 0, 0, 0, 0, 0, 9, null);
    expect(desk.state()).toBe('ALARM');
    const { state } = desk.events.at(-1)?.detail as { state: { reasonData: string } };
    expect(JSON.parse(state.reasonData)).toMatchObject({ startDate: '2026-11-22T02:02:00.000+0000' });
  });

  test('over an expression', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({
      AlarmName: 'errors',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 50,
      Metrics: [
        { Id: 'e1', Expression: '100 * (m1 / m2)', ReturnData: true },
        { Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: false },
        { Id: 'm2', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Maximum' }, ReturnData: false },
      ],
    });
    await desk.minutes(3, 3);
    expect(desk.state()).toBe('ALARM');
  });

  test('with an anomaly detection band turns when the metric leaves it', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({
      AlarmName: 'errors',
      EvaluationPeriods: 1,
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      ThresholdMetricId: 'ad1',
      Metrics: [
        { Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: true },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 3)', ReturnData: true },
      ],
    });
    await desk.minutes(10, 11, 10, 12, 11, 10, 11, 10, 12);
    expect(desk.state()).toBe('OK');
    await desk.minutes(40, 40);
    expect(desk.state()).toBe('ALARM');
    const { state } = desk.events.at(-1)?.detail as { state: { reason: string; reasonData: string } };
    expect(state.reason).toMatch(
      /^Thresholds Crossed: 1 out of the last 1 datapoints \[40\.0 \(.*\)\] was less than the lower/,
    );
    expect(Object.keys(JSON.parse(state.reasonData) as object)).toContain('recentUpperThresholds');
  });

  test.each([
    ['no evaluation periods', { EvaluationPeriods: 0 }],
    ['M above N', { DatapointsToAlarm: 3 }],
    ['a period that does not exist', { Period: 45 }],
    ['no threshold', { Threshold: undefined }],
    ['a metric and an expression', { Metrics: [] }],
    [
      'six actions',
      { AlarmActions: Array.from({ length: 6 }, () => 'arn:aws:sns:eu-west-1:111122223333:a') },
    ],
    ['more than a day', { Period: 3600, EvaluationPeriods: 25 }],
  ])('with %s is refused', (_, change) => {
    const desk = openDesk();
    expect(refusal(() => desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, ...change }))).toBe(
      'ValidationError',
    );
    expect(desk.state()).toBeNull();
  });
});

describe('SetAlarmState', () => {
  test('publishes like an evaluation, without its data, and lasts until the next evaluation', async () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, EvaluationPeriods: 1 });
    await desk.minutes(0, 0);
    desk.cloudwatch.operations.SetAlarmState.run({
      AlarmName: 'errors',
      StateValue: 'ALARM',
      StateReason: 'by hand',
    });
    const { state } = desk.events.at(-1)?.detail as { state: object };
    expect(state).toEqual({ value: 'ALARM', reason: 'by hand', timestamp: expect.any(String) as string });
    await desk.minutes(0);
    expect(changes(desk)).toEqual(['INSUFFICIENT_DATA -> OK', 'OK -> ALARM', 'ALARM -> OK']);
  });

  test('to the present state publishes nothing', () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    desk.cloudwatch.operations.SetAlarmState.run({
      AlarmName: 'errors',
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'still',
    });
    expect(desk.events).toEqual([]);
  });

  test('of an unknown alarm is refused', () => {
    const set = () =>
      openDesk().cloudwatch.operations.SetAlarmState.run({
        AlarmName: 'x',
        StateValue: 'OK',
        StateReason: 'y',
      });
    expect(refusal(set)).toBe('ResourceNotFound');
  });
});

describe('a composite alarm', () => {
  const both = { AlarmName: 'both', AlarmRule: 'ALARM(errors) AND ALARM("latency")' };

  test('follows its children at once', async () => {
    const desk = openDesk();
    for (const AlarmName of ['errors', 'latency'])
      desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, AlarmName });
    desk.cloudwatch.operations.PutCompositeAlarm.run(both);
    expect(desk.state('both')).toBe('INSUFFICIENT_DATA');
    await desk.run(2);
    expect(desk.state('both')).toBe('OK');
    const set = (AlarmName: string, StateValue: 'OK' | 'ALARM') =>
      desk.cloudwatch.operations.SetAlarmState.run({ AlarmName, StateValue, StateReason: 'test' });
    set('errors', 'ALARM');
    expect(desk.state('both')).toBe('OK');
    set('latency', 'ALARM');
    expect(desk.state('both')).toBe('ALARM');
    expect(desk.events.at(-1)?.detail).toMatchObject({
      alarmName: 'both',
      configuration: { alarmRule: both.AlarmRule },
      state: {
        reason: expect.stringMatching(
          /:alarm:latency transitioned to ALARM at Sunday 22 November, 2026 02:00:02 UTC$/,
        ) as string,
      },
    });
    set('errors', 'OK');
    expect(desk.state('both')).toBe('OK');
  });

  test.each([['ALARM(both)'], ['NOT ALARM(other)']])(
    'that looks at itself, by %s, is refused',
    (AlarmRule) => {
      const { PutCompositeAlarm } = openDesk().cloudwatch.operations;
      const put = (AlarmName: string, rule: string) => () =>
        PutCompositeAlarm.run({ AlarmName, AlarmRule: rule });
      put('both', 'ALARM(errors)')();
      put('other', 'ALARM(both)')();
      expect(refusal(put('both', AlarmRule))).toBe('ValidationError');
    },
  );

  test('keeps its children from being deleted', () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    desk.cloudwatch.operations.PutCompositeAlarm.run(both);
    const remove = (...AlarmNames: string[]) => desk.cloudwatch.operations.DeleteAlarms.run({ AlarmNames });
    expect(refusal(() => remove('errors'))).toBe('ValidationError');
    remove('both');
    remove('errors');
    expect(desk.state()).toBeNull();
  });
});

describe('DescribeAlarms', () => {
  const filled = () => {
    const desk = openDesk();
    for (const AlarmName of ['b-1', 'a-2', 'a-1'])
      desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, AlarmName });
    desk.cloudwatch.operations.PutCompositeAlarm.run({ AlarmName: 'a-all', AlarmRule: 'ALARM(a-1)' });
    desk.cloudwatch.operations.SetAlarmState.run({
      AlarmName: 'a-2',
      StateValue: 'ALARM',
      StateReason: 'test',
    });
    return desk.cloudwatch.operations.DescribeAlarms;
  };
  const names = (answer: DescribeAlarmsOutput) => answer.MetricAlarms?.map(({ AlarmName }) => AlarmName);

  test('answers only metric alarms by default', () => {
    const describeAlarms = filled();
    expect(describeAlarms.run({ AlarmNamePrefix: 'a-' }).CompositeAlarms).toEqual([]);
    const { MetricAlarms, CompositeAlarms } = describeAlarms.run({ AlarmTypes: ['CompositeAlarm'] });
    expect([MetricAlarms?.length, CompositeAlarms?.[0]?.AlarmName]).toEqual([0, 'a-all']);
  });

  test('checks IAM for all alarms when composite ones are requested', () => {
    const describeAlarms = filled();
    expect(describeAlarms.authorize({})[0]?.resource).toBe(
      'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*',
    );
    expect(describeAlarms.authorize({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] })[0]?.resource).toBe(
      '*',
    );
  });

  test('filters by name, prefix and state, and pages', () => {
    const describeAlarms = filled();
    expect(names(describeAlarms.run({ AlarmNames: ['b-1', 'gone'] }))).toEqual(['b-1']);
    expect(names(describeAlarms.run({ StateValue: 'ALARM' }))).toEqual(['a-2']);
    const first = describeAlarms.run({ MaxRecords: 2 });
    expect(names(first)).toEqual(['a-1', 'a-2']);
    expect(names(describeAlarms.run({ MaxRecords: 2, NextToken: first.NextToken }))).toEqual(['b-1']);
    expect(refusal(() => describeAlarms.run({ AlarmNames: ['b-1'], AlarmNamePrefix: 'b' }))).toBe(
      'ValidationError',
    );
  });
});

test('DescribeAlarmHistory: includes a composite alarm only when composite ones are requested', () => {
  const { operations } = openDesk().cloudwatch;
  operations.PutMetricAlarm.run(ALARM);
  operations.PutCompositeAlarm.run({ AlarmName: 'any', AlarmRule: 'ALARM(errors)' });
  const items = (input: object) =>
    operations.DescribeAlarmHistory.run({ AlarmName: 'any', ...input }).AlarmHistoryItems;
  expect(items({})).toEqual([]);
  expect(items({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })).not.toEqual([]);
});

test('DescribeAlarmHistory: keeps that of a deleted alarm, also where another one has its name', async () => {
  const desk = openDesk();
  const { operations } = desk.cloudwatch;
  const changes = () =>
    operations.DescribeAlarmHistory.run({
      AlarmName: 'errors',
      HistoryItemType: 'StateUpdate',
    }).AlarmHistoryItems?.map((each) => each.HistorySummary);
  operations.PutMetricAlarm.run(ALARM);
  await desk.minutes(0, 0);
  operations.DeleteAlarms.run({ AlarmNames: ['errors'] });
  expect(changes()).toEqual(['Alarm updated from INSUFFICIENT_DATA to OK']);
  operations.PutMetricAlarm.run(ALARM);
  await desk.minutes(9, 9, 9);
  expect(changes()?.toReversed()).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to OK',
    'Alarm updated from INSUFFICIENT_DATA to OK',
    'Alarm updated from OK to ALARM',
  ]);
});

test.each([
  { AlarmContributorId: '3f9a1c77b2d04e58' },
  { HistoryItemType: 'AlarmContributorStateUpdate' as const },
])(
  'DescribeAlarmHistory: refuses that of one time series, %j: alarms over many are not modelled',
  (input) => {
    const { operations } = openDesk().cloudwatch;
    operations.PutMetricAlarm.run(ALARM);
    const history = () => operations.DescribeAlarmHistory.run({ AlarmName: 'errors', ...input });
    expect(refusal(history)).toBe('ValidationError');
  },
);

test('DescribeAlarmHistory: newest first, by type and time', async () => {
  const desk = openDesk();
  desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
  await desk.minutes(0, 0, 9, 9, 9);
  const history = desk.cloudwatch.operations.DescribeAlarmHistory;
  const summaries = (input: object) =>
    history.run({ AlarmName: 'errors', ...input }).AlarmHistoryItems?.map((each) => each.HistorySummary);
  expect(summaries({ HistoryItemType: 'StateUpdate' })).toEqual([
    'Alarm updated from OK to ALARM',
    'Alarm updated from INSUFFICIENT_DATA to OK',
  ]);
  expect(summaries({ EndDate: new Date(START) })).toEqual(['Alarm "errors" created']);
  expect(summaries({ ScanBy: 'TimestampAscending', MaxRecords: 1 })).toEqual(['Alarm "errors" created']);
});

describe('actions', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:page';
  const fn = 'arn:aws:lambda:eu-west-1:111122223333:function:on-alarm';
  const set = (desk: ReturnType<typeof openDesk>, StateValue: 'OK' | 'ALARM') =>
    desk.cloudwatch.operations.SetAlarmState.run({ AlarmName: 'errors', StateValue, StateReason: 'test' });

  test('are those of the state that is entered', () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, AlarmActions: [topic, fn], OKActions: [fn] });
    set(desk, 'ALARM');
    expect(desk.actions.map(({ arn }) => arn)).toEqual([topic, fn]);
    set(desk, 'OK');
    expect(desk.actions.map(({ arn }) => arn)).toEqual([topic, fn, fn]);
  });

  test('that are scaling policies reach no function, and the history names them', () => {
    const policy = 'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:resource/shop:policyName/load';
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, AlarmActions: [policy] });
    set(desk, 'ALARM');
    expect([desk.actions.length, desk.events.length]).toEqual([0, 1]);
    const { AlarmHistoryItems } = desk.cloudwatch.operations.DescribeAlarmHistory.run({
      ...{ AlarmName: 'errors', HistoryItemType: 'Action' },
    });
    expect(AlarmHistoryItems?.map((each) => each.HistorySummary)).toEqual([
      `Successfully executed action ${policy}`,
    ]);
  });

  test('can be disabled; the event is still published', () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run({ ...ALARM, AlarmActions: [topic] });
    desk.cloudwatch.operations.DisableAlarmActions.run({ AlarmNames: ['errors'] });
    set(desk, 'ALARM');
    expect([desk.actions.length, desk.events.length]).toEqual([0, 1]);
    desk.cloudwatch.operations.EnableAlarmActions.run({ AlarmNames: ['errors'] });
    set(desk, 'OK');
    set(desk, 'ALARM');
    expect(desk.actions.length).toBe(1);
  });
});

test('tags: put at creation, changed afterwards, listed by ARN', () => {
  const desk = openDesk();
  const { PutMetricAlarm, TagResource, UntagResource, ListTagsForResource } = desk.cloudwatch.operations;
  const ResourceARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors';
  PutMetricAlarm.run({ ...ALARM, Tags: [{ Key: 'team', Value: 'shop' }] });
  PutMetricAlarm.run({ ...ALARM, Tags: [{ Key: 'team', Value: 'ignored on update' }] });
  TagResource.run({ ResourceARN, Tags: [{ Key: 'tier', Value: '1' }] });
  expect(ListTagsForResource.run({ ResourceARN }).Tags).toEqual([
    { Key: 'team', Value: 'shop' },
    { Key: 'tier', Value: '1' },
  ]);
  UntagResource.run({ ResourceARN, TagKeys: ['team', 'tier'] });
  expect(ListTagsForResource.run({ ResourceARN }).Tags).toEqual([]);
  expect(refusal(() => ListTagsForResource.run({ ResourceARN: `${ResourceARN}-not` }))).toBe(
    'ResourceNotFoundException',
  );
});
