import { describe, expect, test } from 'vitest';
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ALARM, METRIC, openDesk } from './cloudwatch-desk.ts';
import { missing, paths, recorded, testRecorded } from './recorded.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:page';
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:on-alarm';

const MATH: PutMetricAlarmInput = {
  AlarmName: 'errors',
  AlarmDescription: 'Too many errors',
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 5,
  AlarmActions: [TOPIC, FUNCTION],
  Metrics: [
    { Id: 'e1', Expression: 'm1 * 1', Label: 'Errors', ReturnData: true },
    { Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: false },
  ],
};
const SINGLE: PutMetricAlarmInput = {
  ...ALARM,
  AlarmDescription: 'Too many errors',
  Unit: 'Count',
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  AlarmActions: [TOPIC, FUNCTION],
};

/** Changes an alarm's state by its metric; returns the event and the input of its actions. */
async function turned(alarm: PutMetricAlarmInput) {
  const desk = openDesk();
  desk.cloudwatch.operations.PutMetricAlarm.run(alarm);
  const dimensions = { InstanceId: 'i-1' };
  for (const value of [0, 0, 9, 9]) {
    await desk.run(30);
    desk.cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions, value, unit: 'Count' });
    await desk.run(30);
  }
  const [sns, lambda] = desk.actions.map(({ payload }) => payload);
  const message = JSON.parse((sns as { Message: string }).Message) as Record<string, unknown>;
  return { desk, event: desk.events.at(-1), sns: sns as { Subject: string }, message, lambda };
}

describe('the event', () => {
  test('contains the evaluated data, as text and as a JSON string', async () => {
    const { event } = await turned(SINGLE);
    const { state } = event?.detail as { state: { reason: string; reasonData: string } };
    expect(event).toMatchObject({ source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' });
    expect(state.reason).toBe(
      'Threshold Crossed: 1 out of the last 1 datapoints [9.0 (22/11/26 02:02:00)] was greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
    );
    expect(JSON.parse(state.reasonData)).toEqual({
      version: '1.0',
      queryDate: expect.stringMatching(/^2026-11-22T02:03:.*\+0000$/) as string,
      startDate: '2026-11-22T02:02:00.000+0000',
      unit: 'Count',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [9],
      threshold: 5,
      evaluatedDatapoints: [{ timestamp: '2026-11-22T02:02:00.000+0000', sampleCount: 1, value: 9 }],
    });
  });

  testRecorded('has the keys of the recorded ones', async () => {
    const folder = 'cloudwatch-alarm-events';
    const [single, math] = [await turned(SINGLE), await turned(MATH)];
    const named = /state_change__\w+__single|state_change__\w+__math__/;
    for (const example of recorded(folder, named)) {
      const { detail } = example as { detail: unknown };
      const ours = JSON.stringify(detail).includes('expression') ? math : single;
      expect(missing(paths(detail), paths(ours.event?.detail))).toEqual([]);
    }
  });
});

describe('the direct Lambda action', () => {
  test('carries the account, the Region and the event’s detail', async () => {
    const { lambda, event } = await turned(SINGLE);
    expect(lambda).toEqual({
      source: 'aws.cloudwatch',
      alarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors',
      accountId: '111122223333',
      time: expect.stringMatching(/\+0000$/) as string,
      region: 'eu-west-1',
      alarmData: event?.detail,
    });
  });

  testRecorded('has the keys of the recorded ones', async () => {
    const [single, math] = [await turned(SINGLE), await turned(MATH)];
    // One was edited by hand: a single metric's reason under an expression's configuration. It may have no dimensions.
    const edited = /reasonData\.statistic|dimensions/;
    for (const example of recorded('cloudwatch-alarm-lambda', /single|math/)) {
      const ours = JSON.stringify(example).includes('expression') ? math : single;
      expect(missing(paths(example), paths(ours.lambda)).filter((path) => !edited.test(path))).toEqual([]);
    }
  });
});

describe('the SNS message', () => {
  test('has a subject and lists dimensions', async () => {
    const { sns, message } = await turned(SINGLE);
    expect(sns.Subject).toBe('ALARM: "errors" in EU (Ireland)');
    expect(message['Trigger']).toMatchObject({
      Statistic: 'SUM',
      Dimensions: [{ value: 'i-1', name: 'InstanceId' }],
    });
  });

  testRecorded('has the keys of the recorded ones', async () => {
    const [single, math] = [await turned(SINGLE), await turned(MATH)];
    for (const example of recorded('cloudwatch-alarm-sns', /./)) {
      const { Records } = example as { Records?: readonly { Sns: { Message: string } }[] };
      const message: unknown = Records === undefined ? example : JSON.parse(Records[0]?.Sns.Message ?? '');
      const ours = JSON.stringify(message).includes('Expression"') ? math : single;
      // The muting of alarms and the period of an expression are not modelled.
      const known = missing(paths(message), paths(ours.message)).filter(
        (path) => !/Mute|Trigger.Period/.test(path),
      );
      expect(known).toEqual([]);
    }
  });

  test('of a composite alarm has its rule and the children that turned', () => {
    const desk = openDesk();
    desk.cloudwatch.operations.PutMetricAlarm.run(ALARM);
    desk.cloudwatch.operations.PutCompositeAlarm.run({
      AlarmName: 'all',
      AlarmRule: 'ALARM(errors)',
      AlarmActions: [TOPIC],
    });
    desk.cloudwatch.operations.SetAlarmState.run({
      AlarmName: 'errors',
      StateValue: 'ALARM',
      StateReason: 'test',
    });
    const { Message } = desk.actions[0]?.payload as { Message: string };
    expect(JSON.parse(Message)).toMatchObject({
      AlarmRule: 'ALARM(errors)',
      TriggeringChildren: [
        { Arn: expect.stringMatching(/:alarm:errors$/) as string, State: { Value: 'ALARM' } },
      ],
    });
  });
});

describe('tags in messages', () => {
  const tagged = (AlarmTagsPropagation?: {
    Enabled: boolean;
    IncludedTagKeys?: string[];
    ExcludedTagKeys?: string[];
  }) => ({
    ...SINGLE,
    Tags: [
      { Key: 'team', Value: 'shop' },
      { Key: 'tier', Value: '1' },
      { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
    ],
    ...(AlarmTagsPropagation && { ActionConfiguration: { AlarmTagsPropagation } }),
  });

  test('are left out unless the alarm requests them', async () => {
    const { event } = await turned(tagged());
    expect(event?.detail).not.toHaveProperty('alarmTags');
  });

  test.each([
    [{ Enabled: true }, { team: 'shop', tier: '1' }],
    [{ Enabled: true, IncludedTagKeys: ['team'] }, { team: 'shop' }],
    [{ Enabled: true, ExcludedTagKeys: ['team'] }, { tier: '1' }],
  ])('%j', async (propagation, alarmTags) => {
    const { event, message } = await turned(tagged(propagation));
    expect(event?.detail).toMatchObject({ alarmTags, alarmTagsStatus: 'SUCCESS' });
    expect((event?.detail as { alarmTags: object }).alarmTags).toEqual(alarmTags);
    expect(message).toMatchObject({ AlarmTagsStatus: 'SUCCESS' });
  });
});

testRecorded('DescribeAlarms and DescribeAlarmHistory have the keys of the recorded answers', async () => {
  const { desk } = await turned(SINGLE);
  const described = desk.cloudwatch.operations.DescribeAlarms.run({});
  const history = desk.cloudwatch.operations.DescribeAlarmHistory.run({ AlarmName: 'errors' });
  for (const example of recorded('api-cloudwatch', /describe_alarms__/))
    expect(missing(paths(example), paths(described))).toEqual([]);
  for (const example of recorded('api-cloudwatch', /for_metric/))
    expect(missing(paths(example), paths(described))).toEqual([]);
  for (const example of recorded('api-cloudwatch', /history/))
    expect(missing(paths(example), paths(history))).toEqual([]);
});
