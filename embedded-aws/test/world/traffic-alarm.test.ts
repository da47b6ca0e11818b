import { expect, test } from 'vitest';
import type { AwsEvent } from '../../world/aws.ts';
import { createCloudWatch } from '../../world/cloudwatch/cloudwatch.ts';
import { createTraffic } from '../../world/traffic.ts';
import { balance, HEALTHY } from './elb-shop.ts';

/**
 * Returns an alarm on the share of failed requests, whatever their source. Metrics that are missing without errors
 * count as zero.
 */
function shareAlarm(loadBalancer: string) {
  const Dimensions = [{ Name: 'LoadBalancer', Value: loadBalancer.split(':loadbalancer/')[1] }];
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions },
      Period: 60,
      Stat: 'Sum',
    },
  });
  return {
    AlarmName: 'share',
    EvaluationPeriods: 2,
    ComparisonOperator: 'GreaterThanThreshold' as const,
    Threshold: 5,
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests' },
      metric('target', 'HTTPCode_Target_5XX_Count'),
      metric('balancer', 'HTTPCode_ELB_5XX_Count'),
      metric('requests', 'RequestCount'),
    ],
  };
}

const stateAndSecond = ({ detail }: AwsEvent, start: number): readonly [string, number] => {
  const { state } = detail as { state: { value: string; timestamp: string } };
  return [state.value, (Date.parse(state.timestamp.replace('+0000', 'Z')) - start) / 1000];
};

test('an alarm on live traffic turns minutes after the errors began, and back minutes after they ended', async () => {
  const shop = balance();
  const cloudwatch = createCloudWatch(shop);
  const target = { id: '10.0.0.1', port: 8080 };
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.blue, target);
  createTraffic(shop, { elb: shop.elb, backends: shop.backends, metrics: cloudwatch });
  cloudwatch.operations.PutMetricAlarm.run(shareAlarm(shop.loadBalancer));
  await shop.run(600);

  const began = shop.clock.now();
  shop.behaviours.set(target.id, { ...HEALTHY, errorRate: 0.4 });
  await shop.run(600);
  const ended = shop.clock.now();
  shop.behaviours.set(target.id, HEALTHY);
  await shop.run(600);

  const [first, alarm, ok] = shop.events;
  expect(stateAndSecond(first!, began)[0]).toBe('OK');
  const [alarmed, after] = stateAndSecond(alarm!, began);
  expect([alarmed, stateAndSecond(ok!, ended)[0], shop.events.length]).toEqual(['ALARM', 'OK', 3]);
  // Two whole minutes, 45 seconds until the second is published, and at most a minute until the evaluation.
  expect(after).toBeGreaterThanOrEqual(165);
  expect(after).toBeLessThanOrEqual(225);
  expect(stateAndSecond(ok!, ended)[1]).toBeGreaterThanOrEqual(105);
  expect(stateAndSecond(ok!, ended)[1]).toBeLessThanOrEqual(165);
});

test('the most usual alarm rests without data, turns on errors, and is without data again when they end', async () => {
  const shop = balance();
  const cloudwatch = createCloudWatch(shop);
  const target = { id: '10.0.0.1', port: 8080 };
  const LoadBalancer = shop.loadBalancer.split(':loadbalancer/')[1];
  shop.behaviours.set(target.id, HEALTHY);
  shop.elb.register(shop.blue, target);
  createTraffic(shop, { elb: shop.elb, backends: shop.backends, metrics: cloudwatch });
  cloudwatch.operations.PutMetricAlarm.run({
    AlarmName: 'errors',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: LoadBalancer }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  const states: (string | null)[] = [];
  for (const errorRate of [0, 0.4, 0]) {
    shop.behaviours.set(target.id, { ...HEALTHY, errorRate });
    await shop.run(600);
    states.push(cloudwatch.alarmState('errors'));
  }
  expect(states).toEqual(['INSUFFICIENT_DATA', 'ALARM', 'INSUFFICIENT_DATA']);
});
