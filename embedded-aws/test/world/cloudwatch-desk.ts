import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../world/cloudwatch/cloudwatch.ts';
import { surround } from './elb-shop.ts';

export const METRIC = {
  Namespace: 'Shop',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }],
};

export const ALARM: PutMetricAlarmInput = {
  AlarmName: 'errors',
  ...METRIC,
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 5,
};

/** Creates CloudWatch with a clock; `measure` records a value in the present minute. */
export function openDesk(seed = 1) {
  const world = surround(seed);
  const cloudwatch = createCloudWatch(world);
  const actions: { readonly arn: string; readonly payload: unknown }[] = [];
  cloudwatch.onAction((arn, payload) => actions.push({ arn, payload }));
  const measure = (value: number): void =>
    cloudwatch.record({ namespace: 'Shop', name: 'Errors', dimensions: { InstanceId: 'i-1' }, value });
  return {
    ...world,
    cloudwatch,
    actions,
    measure,
    /** Records one value per minute, in the middle of it. */
    minutes: async (...values: readonly (number | null)[]) => {
      for (const value of values) {
        await world.run(30);
        if (value !== null) measure(value);
        await world.run(30);
      }
    },
    state: (name = 'errors') => cloudwatch.alarmState(name),
  };
}
