import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { View } from './question.ts';

/**
 * Returns the sums of the minutes of a metric of the rolling service's target group that have a datapoint.
 * @param from and `to`: milliseconds since the epoch
 */
export async function sumsOf(
  { clients, outputs }: View,
  metric: string,
  from: number,
  to: number,
): Promise<readonly number[]> {
  const { Datapoints = [] } = await clients.cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/ApplicationELB',
      MetricName: metric,
      Dimensions: [
        { Name: 'TargetGroup', Value: outputs('RollingGroup').split(':').at(-1) },
        { Name: 'LoadBalancer', Value: outputs('LoadBalancer') },
      ],
      StartTime: new Date(from),
      EndTime: new Date(to),
      Period: 60,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.map(({ Sum = 0 }) => Sum);
}
