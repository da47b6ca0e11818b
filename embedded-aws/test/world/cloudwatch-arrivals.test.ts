import { expect, test } from 'vitest';
import { METRIC, openDesk } from './cloudwatch-desk.ts';
import { START } from './elb-shop.ts';

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
test('measurements are late, partial or missing until it is ended', async () => {
  const { cloudwatch, measure, run } = openDesk();
  const sum = () =>
    cloudwatch.operations.GetMetricData.run({
      ...{ StartTime: new Date(START), EndTime: new Date(START + 600_000) },
      MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric: METRIC, Period: 600, Stat: 'Sum' } }],
    }).MetricDataResults?.[0]?.Values?.[0];
  await run(10);
  const endLoss = cloudwatch.arrivals.disturb(() => []);
  measure(1);
  endLoss();
  expect(sum()).toBeUndefined();
  const endDelay = cloudwatch.arrivals.disturb((datum) => [{ datum, lateMs: 20_000 }]);
  measure(2);
  endDelay();
  measure(4);
  expect(sum()).toBe(4);
  await run(20);
  expect(sum()).toBe(6);
});
