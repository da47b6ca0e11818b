import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Stage } from '../stage.ts';
import type { Balancer } from './balancer.ts';
import { TARGET } from './target.ts';

/** Settings of all alarms of the shop: two minutes out of two, and a tag that names the target. */
const ALARM = {
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  Tags: [{ Key: 'lastgood:target', Value: TARGET }],
} satisfies Partial<PutMetricAlarmInput>;

const NAMESPACE = 'AWS/ApplicationELB';

/** Puts two usual alarms: share of errors, and response time. */
export function putAlarms(stage: Stage, balancer: Balancer, actions: readonly string[] = []): void {
  const Dimensions = [dimension('LoadBalancer', balancer.loadBalancer)];
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: NAMESPACE, MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  });
  putAlarm(stage, {
    ...ALARM,
    AlarmName: 'checkout-errors',
    AlarmActions: [...actions],
    Threshold: 5,
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests', ReturnData: true },
      metric('target', 'HTTPCode_Target_5XX_Count'),
      metric('balancer', 'HTTPCode_ELB_5XX_Count'),
      metric('requests', 'RequestCount'),
    ],
  });
  const TargetResponseTime = {
    Namespace: NAMESPACE,
    MetricName: 'TargetResponseTime',
    Dimensions,
    Period: 60,
  };
  putAlarm(stage, {
    ...ALARM,
    ...TargetResponseTime,
    AlarmName: 'checkout-latency',
    Statistic: 'Average',
    Threshold: 0.5,
  });
}

/**
 * Puts only the most usual alarm: the number of 5xx of the targets, with missing data left as it is. While all is well
 * it has no data. With `Tags` of its own it need not start a rollback.
 */
export function putCountAlarm(
  stage: Stage,
  { blue, loadBalancer }: Balancer,
  Tags = ALARM.Tags,
  AlarmName = 'checkout-5xx',
): void {
  putAlarm(stage, {
    AlarmName,
    Namespace: NAMESPACE,
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: [dimension('TargetGroup', blue), dimension('LoadBalancer', loadBalancer)],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    Tags,
  });
}

/** Puts an alarm that counts the 5xx of five minutes. */
export function putFiveMinuteAlarm(stage: Stage, { blue, loadBalancer }: Balancer): void {
  putAlarm(stage, {
    ...ALARM,
    AlarmName: 'checkout-5xx-of-five-minutes',
    Namespace: NAMESPACE,
    MetricName: 'HTTPCode_Target_5XX_Count',
    Dimensions: [dimension('TargetGroup', blue), dimension('LoadBalancer', loadBalancer)],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    Threshold: 50,
    TreatMissingData: 'notBreaching',
  });
}

/** Puts one more alarm: some host is unhealthy. */
export function putHostsAlarm(stage: Stage, { blue, loadBalancer }: Balancer): void {
  const Dimensions = [dimension('TargetGroup', blue), dimension('LoadBalancer', loadBalancer)];
  const UnHealthyHostCount = {
    Namespace: NAMESPACE,
    MetricName: 'UnHealthyHostCount',
    Dimensions,
    Period: 60,
  };
  putAlarm(stage, {
    ...ALARM,
    ...UnHealthyHostCount,
    AlarmName: 'checkout-hosts',
    Statistic: 'Maximum',
    Threshold: 0,
  });
}

function putAlarm(stage: Stage, alarm: PutMetricAlarmInput): void {
  stage.call('cloudwatch', 'PutMetricAlarm', alarm);
}

/** Returns a dimension. CloudWatch names load balancers and target groups by the last part of their ARNs. */
function dimension(Name: 'LoadBalancer' | 'TargetGroup', resource: string): { Name: string; Value: string } {
  const part =
    Name === 'LoadBalancer'
      ? /loadbalancer\/(.*)$/.exec(resource)?.[1]
      : /:(targetgroup\/.*)$/.exec(resource)?.[1];
  return { Name, Value: part ?? '' };
}
