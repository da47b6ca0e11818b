import { expect, test } from 'vitest';
import { METRIC, openDesk } from './cloudwatch-desk.ts';
import { refusal, START } from './elb-shop.ts';

const span = { StartTime: new Date(START), EndTime: new Date(START + 600_000) };

test('PutMetricData is visible after a short while, and in the period of its timestamp', async () => {
  const { cloudwatch, run } = openDesk();
  await run(70);
  cloudwatch.operations.PutMetricData.run({
    Namespace: 'Shop',
    MetricData: [{ ...METRIC, Value: 3, Timestamp: new Date(START + 5000) }],
  });
  const query = {
    ...span,
    MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' } }],
  };
  expect(cloudwatch.operations.GetMetricData.run(query).MetricDataResults?.[0]?.Values).toEqual([]);
  await run(5);
  expect(cloudwatch.operations.GetMetricData.run(query).MetricDataResults).toEqual([
    { Id: 'm1', Label: 'Errors', Timestamps: [new Date(START)], Values: [3], StatusCode: 'Complete' },
  ]);
});

test('GetMetricData: newest first; only what is to be returned; expressions', async () => {
  const { cloudwatch, minutes } = openDesk();
  await minutes(1, 2, 4);
  const run = (ScanBy?: 'TimestampAscending') =>
    cloudwatch.operations.GetMetricData.run({
      ...span,
      ...(ScanBy && { ScanBy }),
      MetricDataQueries: [
        { Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: false },
        { Id: 'e1', Expression: 'm1 * 10', Label: 'tenfold' },
      ],
    }).MetricDataResults;
  expect(run()?.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
    ['e1', 'tenfold', [40, 20, 10]],
  ]);
  expect(run('TimestampAscending')?.[0]?.Values).toEqual([10, 20, 40]);
});

test('GetMetricStatistics: all statistics, of statistic sets and counted values too', async () => {
  const { cloudwatch, run } = openDesk();
  cloudwatch.operations.PutMetricData.run({
    Namespace: 'Shop',
    MetricData: [
      { ...METRIC, Values: [1, 5], Counts: [2, 1] },
      { ...METRIC, StatisticValues: { Sum: 13, Minimum: 0.5, Maximum: 9, SampleCount: 2 } },
    ],
  });
  await run(10);
  const { Datapoints } = cloudwatch.operations.GetMetricStatistics.run({
    ...METRIC,
    ...span,
    Period: 300,
    Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'],
  });
  expect(Datapoints).toEqual([
    {
      Timestamp: new Date(START),
      Sum: 20,
      Average: 4,
      Minimum: 0.5,
      Maximum: 9,
      SampleCount: 5,
      Unit: 'None',
    },
  ]);
});

test('percentiles', async () => {
  const { cloudwatch, measure, run } = openDesk();
  for (let value = 1; value <= 101; value++) measure(value);
  await run(1);
  const { Datapoints } = cloudwatch.operations.GetMetricStatistics.run({
    ...METRIC,
    ...span,
    Period: 60,
    ExtendedStatistics: ['p50', 'p99', 'p99.9'],
  });
  expect(Datapoints?.[0]?.ExtendedStatistics).toEqual({
    p50: 51,
    p99: 100,
    'p99.9': expect.closeTo(100.9) as number,
  });
});

test('each combination of dimensions is a separate metric, in any order', async () => {
  const { cloudwatch, run } = openDesk();
  const record = (dimensions: Readonly<Record<string, string>>) =>
    cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions, value: 1 });
  record({ a: '1', b: '2' });
  record({ b: '2', a: '1' });
  record({ a: '1' });
  await run(1);
  const { Metrics } = cloudwatch.operations.ListMetrics.run({
    Namespace: 'Shop',
    Dimensions: [{ Name: 'a' }],
  });
  expect(Metrics?.map(({ Dimensions }) => Dimensions?.length)).toEqual([2, 1]);
});

test('a namespace of AWS is refused', () => {
  const { cloudwatch } = openDesk();
  const put = () =>
    cloudwatch.operations.PutMetricData.run({ Namespace: 'AWS/ECS', MetricData: [{ ...METRIC, Value: 1 }] });
  expect(refusal(put)).toBe('InvalidParameterValue');
});
