import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** Returns an alarm's metrics as queries. An alarm has either queries of its own, or one metric. */
export function queriesOf(alarm: MetricAlarm): readonly MetricDataQuery[] {
  const { Metrics, Namespace, MetricName, Dimensions, Period, Unit } = alarm;
  if (Metrics !== undefined && Metrics.length > 0) return Metrics;
  const Metric = { Namespace, MetricName, Dimensions };
  const Stat = alarm.ExtendedStatistic ?? alarm.Statistic;
  return [{ Id: 'alarm', MetricStat: { Metric, Period, Stat, Unit }, ReturnData: true }];
}

/** Says whether the alarm compares this query with its threshold. An anomaly band returns data too. */
export function isWatched({ ThresholdMetricId }: MetricAlarm, { Id, ReturnData }: MetricDataQuery): boolean {
  return ReturnData !== false && Id !== ThresholdMetricId;
}
