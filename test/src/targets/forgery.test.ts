import type { ComparisonOperator, MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ALARM, openDesk } from '@lastgood/embedded-aws/test/world/cloudwatch-desk.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signOfForgery } from '../../../src/targets/alarms/forgery.ts';
import { turnedIn, watchingIn } from '../../../src/targets/alarms/watching.ts';

const TURNED = new Date('2026-11-22T03:04:00.250Z');

/** An alarm of 2 out of 3 minutes above 5, as DescribeAlarms shows it. */
const RED: MetricAlarm = {
  ...{ AlarmName: 'errors', Namespace: 'Shop', MetricName: 'Errors', Statistic: 'Sum', Period: 60 },
  ...{ EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' },
  ...{ StateValue: 'ALARM', StateReason: 'Threshold Crossed', StateTransitionedTimestamp: TURNED },
  AlarmConfigurationUpdatedTimestamp: new Date('2026-11-01T00:00:00Z'),
};

const times = ['03:03', '03:02', '03:01'];

/** Data as CloudWatch writes them: one value a minute, newest first; null: missing. */
function dataOf(...values: readonly (number | null)[]) {
  const evaluatedDatapoints = values.map((value, index) => ({
    timestamp: `2026-11-22T${times[index] ?? '03:00'}:00.000+0000`,
    ...(value !== null && { value, sampleCount: 1 }),
  }));
  const recentDatapoints = values.filter((value) => value !== null).toReversed();
  const query = {
    version: '1.0',
    queryDate: '2026-11-22T03:04:00.248+0000',
    startDate: '2026-11-22T03:01:00.000+0000',
  };
  return { ...query, statistic: 'Sum', period: 60, recentDatapoints, threshold: 5, evaluatedDatapoints };
}

function signOf(data: object, alarm: Partial<MetricAlarm> = {}): string | null {
  const described = { ...RED, ...alarm, StateReasonData: JSON.stringify(data) };
  return signOfForgery(watchingIn(described), turnedIn(described));
}

const above = { AlarmConfigurationUpdatedTimestamp: new Date('2026-11-22T03:05:00Z') };
const band = {
  ...{
    Threshold: undefined,
    ThresholdMetricId: 'ad',
    ComparisonOperator: 'GreaterThanUpperThreshold' as const,
  },
  ...{
    MetricName: undefined,
    Period: undefined,
    Statistic: undefined,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
  },
  Metrics: [
    { Id: 'm', MetricStat: { Metric: {}, Period: 60, Stat: 'Sum' } },
    { Id: 'ad', Expression: 'ANOMALY_DETECTION_BAND(m)' },
  ],
};
const limits = (lower: number, upper: number) => ({
  recentLowerThresholds: [lower],
  recentUpperThresholds: [upper],
  threshold: undefined,
});

describe('an alarm set by hand is seen by its settings:', () => {
  test.each<[string, object, Partial<MetricAlarm>?]>([
    ['another threshold', { ...dataOf(9, 9, 9), threshold: 1 }],
    ['no threshold', { ...dataOf(9, 9, 9), threshold: undefined }],
    ['another period', { ...dataOf(9, 9, 9), period: 300 }],
    ['another statistic', { ...dataOf(9, 9, 9), statistic: 'Average' }],
    ['values that do not breach', dataOf(1, 2, 3)],
    ['too few values that breach', dataOf(9, 2, 3)],
    ['values at the threshold that must exceed it', dataOf(5, 5, 5)],
    [
      'data of two minutes before',
      {
        ...dataOf(9, 9, 9),
        queryDate: '2026-11-22T03:02:00.249+0000',
        startDate: undefined,
        evaluatedDatapoints: [],
      },
    ],
    [
      'another threshold, where the settings were changed before its data were read',
      { ...dataOf(9, 9, 9), threshold: 1 },
      { AlarmConfigurationUpdatedTimestamp: new Date('2026-11-22T03:04:00.247Z') },
    ],
    ['values on the wrong side', dataOf(9, 9, 9), { ComparisonOperator: 'LessThanThreshold' }],
    ['one value that does not breach', dataOf(1)],
    [
      'no values, where missing data do not breach',
      dataOf(null, null, null),
      { TreatMissingData: 'notBreaching' },
    ],
    ['no values, where missing data are missing', dataOf(null, null, null)],
    ['too few missing values, where they breach', dataOf(1, 2, null), { TreatMissingData: 'breaching' }],
    ['datapoints of last week', { ...dataOf(9, 9, 9), startDate: '2026-11-15T03:01:00.000+0000' }],
    [
      'datapoints older than AWS looks back',
      { ...dataOf(9, 9, 9), startDate: '2026-11-22T01:17:00.000+0000' },
    ],
    [
      'datapoints after the turn',
      { ...dataOf(9, 9, 9), evaluatedDatapoints: [{ timestamp: '2026-11-22T03:05:00Z', value: 9 }] },
    ],
    ['values within the band', { ...dataOf(9), ...limits(0, 10) }, band],
    ['a band without limits', { ...dataOf(9), threshold: undefined }, band],
    ['one threshold for a band', { ...dataOf(9), ...limits(0, 10), threshold: 1 }, band],
    ['two lists that differ', { ...dataOf(1, 2, 3), recentDatapoints: [9, 9, 9] }],
    ['a longer list that differs', { ...dataOf(1, 2), recentDatapoints: [9, 9, 9] }],
    ['a longer list of datapoints that differs', { ...dataOf(9, 9, 9), recentDatapoints: [1] }],
  ])('%s', (_, data, alarm) => {
    expect(signOf(data, alarm)).toMatch(/, as when an alarm is set by hand$/);
  });
});

describe('an alarm that CloudWatch turned is never taken for one set by hand:', () => {
  test.each<[string, object, Partial<MetricAlarm>?]>([
    [
      'data of less than two minutes before',
      {
        ...dataOf(9, 9, 9),
        queryDate: '2026-11-22T03:02:00.250+0000',
        startDate: undefined,
        evaluatedDatapoints: [],
      },
    ],
    ['M of N breach', dataOf(9, 2, 9)],
    ['fewer than N have a value, and all breach', dataOf(9, null, null)],
    ['metrics that arrive an hour late', { ...dataOf(9, 9, 9), startDate: '2026-11-22T01:19:00.000+0000' }],
    ['only the newest datapoints are listed with their times', { ...dataOf(9), recentDatapoints: [9, 9, 9] }],
    ['only the oldest datapoints are listed with their times', { ...dataOf(8), recentDatapoints: [8, 9, 9] }],
    ['only the newest values are listed', { ...dataOf(7, 8, 9), recentDatapoints: [8, 7] }],
    ['the datapoints are listed oldest first', { ...dataOf(7, 8, 9), recentDatapoints: [7, 8, 9] }],
    ['values without their datapoints', { ...dataOf(9, 9, 9), evaluatedDatapoints: undefined }],
    ['values at the threshold', dataOf(5, 5, 5), { ComparisonOperator: 'GreaterThanOrEqualToThreshold' }],
    ['values below', dataOf(1, 1, 1), { ComparisonOperator: 'LessThanThreshold' }],
    ['missing data that breach', dataOf(null, null, null), { TreatMissingData: 'breaching' }],
    [
      'a healthy value among missing data that breach',
      dataOf(0, null, null),
      { TreatMissingData: 'breaching' },
    ],
    [
      'a percentile',
      { ...dataOf(9, 9, 9), statistic: 'Average' },
      { Statistic: undefined, ExtendedStatistic: 'p99' },
    ],
    ['settings that were changed after the turn', { ...dataOf(1, 1, 1), threshold: 0, period: 300 }, above],
    [
      'settings that were changed between the reading of its data and its turn',
      { ...dataOf(1, 1, 1), threshold: 0 },
      { AlarmConfigurationUpdatedTimestamp: new Date('2026-11-22T03:04:00.249Z') },
    ],
    ['a value outside the band', { ...dataOf(11), ...limits(0, 10) }, band],
    [
      'a state that was written again later',
      dataOf(9, 9, 9),
      { StateTransitionedTimestamp: new Date('2026-11-22T02:00:00Z'), StateUpdatedTimestamp: TURNED },
    ],
  ])('%s', (_, data, alarm) => {
    expect(signOf(data, alarm)).toBeNull();
  });

  const settings = fc.integer({ min: 1, max: 5 }).chain((EvaluationPeriods) =>
    fc.record({
      EvaluationPeriods: fc.constant(EvaluationPeriods),
      DatapointsToAlarm: fc.integer({ min: 1, max: EvaluationPeriods }),
      Statistic: fc.constantFrom('Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount'),
      ComparisonOperator: fc.constantFrom<ComparisonOperator>(
        ...(['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold'] as const),
        ...(['LessThanThreshold', 'LessThanOrEqualToThreshold'] as const),
      ),
      TreatMissingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
      Period: fc.constantFrom(60, 120, 300),
      Threshold: fc.constantFrom(0, 1, 5),
    }),
  );
  const values = fc.array(fc.constantFrom(null, 0, 1, 5, 6, 12), { minLength: 8, maxLength: 16 });

  test('whatever its settings and its data are', async () => {
    let turns = 0;
    await fc.assert(
      fc.asyncProperty(settings, values, fc.boolean(), async (chosen, measured, isExpression) => {
        const desk = openDesk();
        desk.cloudwatch.operations.PutMetricAlarm.run(
          isExpression ? overExpression(chosen) : { ...ALARM, ...chosen },
        );
        for (const value of measured) {
          await desk.minutes(value);
          const { MetricAlarms = [] } = desk.cloudwatch.operations.DescribeAlarms.run({
            StateValue: 'ALARM',
          });
          for (const alarm of MetricAlarms) {
            turns += 1;
            expect(signOfForgery(watchingIn(alarm), turnedIn(alarm))).toBeNull();
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(turns).toBeGreaterThan(60);
  });
});

function overExpression({ Period, Statistic, ...others }: Partial<PutMetricAlarmInput>): PutMetricAlarmInput {
  const { AlarmName, Namespace, MetricName, Dimensions } = ALARM;
  const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic };
  return {
    AlarmName,
    ...others,
    Metrics: [
      { Id: 'm', MetricStat, ReturnData: false },
      { Id: 'e', Expression: 'FILL(m, 0) * 1' },
    ],
  };
}
