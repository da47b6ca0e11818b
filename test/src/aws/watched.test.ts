import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { isSilentWhenHealthy, watchedIn } from '../../../src/aws/watched.ts';

const ERRORS: MetricAlarm = {
  AlarmName: 'checkout-5xx',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx',
  Namespace: 'AWS/ApplicationELB',
  MetricName: 'HTTPCode_Target_5XX_Count',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
};

const query = (Id: string, MetricName: string, Namespace = 'AWS/ApplicationELB', AccountId?: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace, MetricName, Dimensions: [] }, Period: 60, Stat: 'Sum' },
  ...(AccountId !== undefined && { AccountId }),
});

function share(Expression: string, Threshold = 5): MetricAlarm {
  return {
    EvaluationPeriods: 3,
    Threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Metrics: [
      query('errors', 'HTTPCode_Target_5XX_Count'),
      query('requests', 'RequestCount'),
      { Id: 'share', Expression },
    ],
  };
}

describe('the watched metric of an alarm', () => {
  test('has its word, its limit and its periods', () => {
    expect(watchedIn(ERRORS)).toEqual({
      metric: 'errors',
      limit: { threshold: 5, breaches: 'above' },
      periodSeconds: 60,
      evaluationPeriods: 2,
      silentWhenHealthy: true,
    });
  });

  test.each([
    ['AWS/ApplicationELB', 'TargetResponseTime', 'latency', 5],
    ['AWS/Lambda', 'Duration', 'latency', 0.005],
    ['AWS/ApiGateway', 'Latency', 'latency', 0.005],
    ['AWS/Lambda', 'Errors', 'errors', 5],
    ['AWS/ECS', 'MemoryUtilization', 'memory', 5],
    ['AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', undefined, 5],
    ['Shop', 'Errors', undefined, 5],
  ])('%s %s is %s, in seconds if it is a time', (Namespace, MetricName, metric, threshold) => {
    const watched = watchedIn({ ...ERRORS, Namespace, MetricName });
    expect([watched.metric, watched.limit?.threshold]).toEqual([metric, threshold]);
  });

  test('may have a lower limit', () => {
    const below = watchedIn({ ...ERRORS, ComparisonOperator: 'LessThanOrEqualToThreshold' });
    expect(below.limit).toEqual({ threshold: 5, breaches: 'below' });
  });

  test('as an error rate is in percent, whether or not its expression is', () => {
    expect(watchedIn(share('100 * errors / requests'))).toEqual({
      metric: 'errorRate',
      limit: { threshold: 5, breaches: 'above' },
      periodSeconds: 60,
      evaluationPeriods: 3,
      silentWhenHealthy: true,
    });
    expect(watchedIn(share('errors / requests', 0.05)).limit).toEqual({ threshold: 5, breaches: 'above' });
  });

  test('has no known limit for other expressions and for an anomaly band', () => {
    expect(watchedIn(share('errors - requests'))).not.toHaveProperty('limit');
    expect(watchedIn(share('errors - requests'))).not.toHaveProperty('metric');
    const band = { ...ERRORS, Threshold: undefined, ThresholdMetricId: 'ad1' };
    expect(watchedIn(band)).not.toHaveProperty('limit');
    expect(watchedIn({ ...ERRORS, ComparisonOperator: 'GreaterThanUpperThreshold' })).not.toHaveProperty(
      'limit',
    );
  });

  test('is known as unhealthy targets, of one group or several', () => {
    const of = (...ids: string[]) => ({
      ...share(''),
      Metrics: [
        ...ids.map((id) => query(id, 'UnHealthyHostCount')),
        { Id: 'all', Expression: ids.join(' + ') },
      ],
    });
    expect(watchedIn({ ...ERRORS, MetricName: 'UnHealthyHostCount' })).toMatchObject({
      ...{ metric: 'unhealthyHosts', limit: { threshold: 5, breaches: 'above' } },
    });
    expect(watchedIn(of('blue', 'green'))).toHaveProperty('metric', 'unhealthyHosts');
    expect(watchedIn(of())).not.toHaveProperty('metric');
  });

  test('may be filled in with zero, and has a known limit where a filled minute does not breach', () => {
    const filled = (Expression: string) => ({
      ...share(''),
      Metrics: [query('errors', 'HTTPCode_Target_5XX_Count'), { Id: 'filled', Expression }],
    });
    expect(watchedIn(filled('FILL(errors, 0)'))).toMatchObject({
      metric: 'errors',
      limit: { threshold: 5, breaches: 'above' },
    });
    const below = watchedIn({ ...filled('FILL(errors,0)'), ComparisonOperator: 'LessThanThreshold' });
    expect(below).toHaveProperty('metric', 'errors');
    expect(below).not.toHaveProperty('limit');
    for (const other of ['FILL(errors, 9)', 'FILL(errors, 0) * 2', 'FILL(others, 0)', 'FILL(errors, REPEAT)'])
      expect(watchedIn(filled(other))).not.toHaveProperty('metric');
  });

  test('may be a count in several parts, as of blue and green, and has no limit for one of them', () => {
    const added = (Expression: string, second = 'HTTPCode_Target_5XX_Count') =>
      watchedIn({
        ...share(''),
        Metrics: [
          query('blue', 'HTTPCode_Target_5XX_Count'),
          query('green', second),
          { Id: 'both', Expression },
        ],
      });
    for (const sum of ['FILL(blue, 0) + FILL(green, 0)', 'green+blue', 'blue + FILL(green,0)']) {
      expect(added(sum)).toHaveProperty('metric', 'errors');
      expect(added(sum)).not.toHaveProperty('limit');
    }
    for (const other of ['blue - green', 'blue', 'blue + blue', 'blue + green + 1', 'MAX([blue, green])'])
      expect(added(other)).not.toHaveProperty('metric');
    expect(added('blue + green', 'RequestCount')).not.toHaveProperty('metric');
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html has such an example.
  test('may be compared with a band, which is none of its metrics and gives no limit', () => {
    const metric = { ...query('m1', 'HTTPCode_Target_5XX_Count'), ReturnData: true };
    const band = { Id: 't1', Expression: 'ANOMALY_DETECTION_BAND(m1, 3)' };
    for (const Metrics of [
      [metric, band],
      [band, metric],
    ]) {
      const watched = watchedIn({
        ...{ ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 't1' },
        ...{ EvaluationPeriods: 2, Metrics },
      });
      expect(watched).toEqual({
        ...{ metric: 'errors', periodSeconds: 60, evaluationPeriods: 2, silentWhenHealthy: false },
      });
    }
  });

  test('is no error rate if another account counts the errors', () => {
    const countedIn = (account: string) => [
      query('errors', 'HTTPCode_Target_5XX_Count', undefined, account),
      query('requests', 'RequestCount', undefined, '111122223333'),
      { Id: 'share', Expression: 'errors / requests' },
    ];
    const watched = (account: string) =>
      watchedIn({ ...share(''), AlarmArn: ERRORS.AlarmArn, Metrics: countedIn(account) });
    expect(watched('444455556666')).not.toHaveProperty('metric');
    expect(watched('111122223333')).toHaveProperty('metric', 'errorRate');
  });
});

describe('an alarm may be without data because all is well', () => {
  test.each<[string, MetricAlarm]>([
    ['missing data left as it is', ERRORS],
    ['missing data ignored', { ...ERRORS, TreatMissingData: 'ignore' }],
    ['errors of the load balancer itself', { ...ERRORS, MetricName: 'HTTPCode_ELB_5XX_Count' }],
    ['a count of the application', { ...ERRORS, Namespace: 'Shop', MetricName: 'Failed' }],
    ['a share of errors that are not filled in', share('100 * errors / requests')],
  ])('%s', (_what, alarm) => {
    expect(isSilentWhenHealthy(alarm)).toBe(true);
  });

  test.each<[string, MetricAlarm]>([
    ['missing data is breaching', { ...ERRORS, TreatMissingData: 'breaching' }],
    ['missing data is not breaching', { ...ERRORS, TreatMissingData: 'notBreaching' }],
    ['it alarms when there are too few', { ...ERRORS, ComparisonOperator: 'LessThanThreshold' }],
    ['an average is no count', { ...ERRORS, Namespace: 'Shop', Statistic: 'Average' }],
    ['requests are counted while there are targets', { ...ERRORS, MetricName: 'RequestCount' }],
    ['Lambda reports no errors as zero', { ...ERRORS, Namespace: 'AWS/Lambda', MetricName: 'Errors' }],
    ['errors are filled in', share('100 * FILL(errors, 0) / requests')],
    ['a composite alarm has no metric', { AlarmName: 'all', ComparisonOperator: 'GreaterThanThreshold' }],
  ])('but not if %s', (_what, alarm) => {
    expect(isSilentWhenHealthy(alarm)).toBe(false);
  });

  test('and an id within another id does not count', () => {
    expect(isSilentWhenHealthy(share('100 * FILL(errors, 0) / (requests + myerrors)'))).toBe(false);
  });
});
