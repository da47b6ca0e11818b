import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { View } from './question.ts';

/** The sum of one minute. */
export interface Minute {
  /** Its beginning, in milliseconds since the epoch. */
  readonly at: number;
  readonly sum: number;
}

/**
 * Returns the minutes of a metric of VPC Lattice that have a datapoint above zero, oldest first.
 * @param output names the output with the id of the service or target group
 * @param from and `to`: milliseconds since the epoch
 */
export async function minutesOf(
  { clients, outputs }: View,
  metric: 'TotalRequestCount' | 'HTTPCode_5XX_Count',
  output: 'LatticeService' | 'LatticeEvenGroup' | 'LatticeOddGroup',
  from: number,
  to: number,
): Promise<readonly Minute[]> {
  const Name = output === 'LatticeService' ? 'Service' : 'TargetGroup';
  const { Datapoints = [] } = await clients.cloudWatch.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace: 'AWS/VpcLattice', MetricName: metric, Period: 60, Statistics: ['Sum'] },
      Dimensions: [{ Name, Value: outputs(output) }],
      StartTime: new Date(from),
      EndTime: new Date(to),
    }),
  );
  return Datapoints.map(({ Timestamp, Sum = 0 }) => ({ at: Timestamp?.getTime() ?? 0, sum: Sum }))
    .filter(({ sum }) => sum > 0)
    .toSorted((one, other) => one.at - other.at);
}

export function total(minutes: readonly Minute[]): number {
  return minutes.reduce((sum, minute) => sum + minute.sum, 0);
}
