import { existsSync, readFileSync } from 'node:fs';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { fromDescription } from '../../../src/targets/alarms/description.ts';

const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx';
const TURNED = new Date('2026-11-22T03:04:00.250Z');
const ALARM: MetricAlarm = {
  AlarmName: 'checkout-5xx',
  AlarmArn: ARN,
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed',
  StateReasonData: JSON.stringify({
    queryDate: '2026-11-22T03:04:00.248+0000',
    period: 60,
    recentDatapoints: [12],
  }),
  StateTransitionedTimestamp: TURNED,
  StateUpdatedTimestamp: new Date('2026-11-22T03:06:00Z'),
  MetricName: 'HTTPCode_Target_5XX_Count',
  Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
};

const omitted = (alarm: MetricAlarm, ...names: (keyof MetricAlarm)[]): MetricAlarm =>
  Object.fromEntries(Object.entries(alarm).filter(([name]) => !names.includes(name as keyof MetricAlarm)));

test('a metric alarm turned when its state changed, not when it was last updated', () => {
  expect(fromDescription(ALARM)).toEqual({
    name: 'checkout-5xx',
    arn: ARN,
    timeField: 'StateTransitionedTimestamp',
    at: '2026-11-22T03:04:00.250Z',
    previously: null,
    onset: null,
    reason: 'Threshold Crossed',
    dimensions: [{ ClusterName: 'prod' }],
    meters: [],
    tags: null,
    forged: null,
    withheld: null,
  });
});

test('its metrics become meters, as in an event', () => {
  const { meters } = fromDescription({ ...ALARM, Namespace: 'AWS/ApplicationELB' })!;
  expect(meters).toEqual([
    {
      metric: 'errors',
      namespace: 'AWS/ApplicationELB',
      name: 'HTTPCode_Target_5XX_Count',
      stat: 'Sum',
      dimensions: { ClusterName: 'prod' },
    },
  ]);
});

test('an alarm over metric maths has the dimensions of all its metrics', () => {
  const metric = (Value: string) => ({
    Id: 'm',
    MetricStat: { Metric: { Dimensions: [{ Name: 'TargetGroup', Value }] }, Period: 60, Stat: 'Sum' },
  });
  const Metrics = [{ Id: 'e', Expression: 'm1/m2' }, metric('blue'), metric('green')];
  expect(fromDescription({ ...ALARM, Dimensions: [], Metrics })?.dimensions).toEqual([
    {},
    { TargetGroup: 'blue' },
    { TargetGroup: 'green' },
  ]);
});

test('an alarm on a metric of another account has no dimensions of this one', () => {
  const metric = (Value: string, AccountId?: string) => ({
    Id: 'm',
    MetricStat: { Metric: { Dimensions: [{ Name: 'ClusterName', Value }] }, Period: 60, Stat: 'Sum' },
    ...(AccountId !== undefined && { AccountId }),
  });
  const Metrics = [
    metric('here'),
    metric('there', '444455556666'),
    metric('also-here', '111122223333'),
    metric('there', '444455556666'),
  ];
  expect(fromDescription({ ...omitted(ALARM, 'Dimensions'), Metrics })).toMatchObject({
    dimensions: [{ ClusterName: 'here' }, { ClusterName: 'also-here' }],
    elsewhere: ['444455556666'],
  });
  expect(fromDescription({ ...omitted(ALARM, 'Dimensions', 'AlarmArn'), Metrics })?.dimensions).toEqual([
    { ClusterName: 'here' },
  ]);
});

test('an alarm that was set by hand has no datapoints', () => {
  expect(fromDescription({ ...ALARM, StateReasonData: undefined })?.forged).toMatch(/set by hand/);
});

test('a composite alarm has no dimensions and no sign of forgery', () => {
  const composite = {
    AlarmName: 'checkout',
    AlarmRule: 'ALARM(checkout-5xx)',
    StateTransitionedTimestamp: TURNED,
    StateReasonData: JSON.stringify({ triggeringAlarms: [{ arn: ARN, state: { value: 'ALARM' } }] }),
  };
  expect(fromDescription(composite)).toMatchObject({ dimensions: [], forged: null, withheld: null });
  expect(fromDescription({ ...composite, ActionsSuppressedBy: 'Alarm' })?.withheld).toBe(
    'suppressed by Alarm',
  );
});

test('without a name or a time it is null', () => {
  expect(fromDescription({ ...ALARM, AlarmName: undefined })).toBeNull();
  expect(
    fromDescription({ ...ALARM, StateTransitionedTimestamp: undefined, StateUpdatedTimestamp: undefined }),
  ).toBeNull();
});

test('the data of an alarm as AWS records it can be read: it was OK, so none of them breach', ({ skip }) => {
  const file = new URL(
    '../../../../shared/corpus/api-cloudwatch/cw_describealarms__describe_alarms__awscli.json',
    import.meta.url,
  );
  if (!existsSync(file)) skip('the recorded responses are not here');
  const { MetricAlarms } = JSON.parse(readFileSync(file, 'utf8')) as {
    MetricAlarms: (MetricAlarm & { StateUpdatedTimestamp: string })[];
  };
  for (const recorded of MetricAlarms) {
    const read = fromDescription({
      ...recorded,
      StateUpdatedTimestamp: new Date(recorded.StateUpdatedTimestamp),
    });
    expect(read).toMatchObject({
      name: recorded.AlarmName,
      dimensions: [{ InstanceId: 'i-0c986c72' }],
      forged: '0 of its 2 datapoints breach, and the alarm needs 2, as when an alarm is set by hand',
    });
  }
});
