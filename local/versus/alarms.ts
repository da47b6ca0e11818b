import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { DescribeLoadBalancersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stage } from '../scenarios/stage.ts';
import { ERRORS_ALARM, LATENCY_ALARM, type Arm } from './arms.ts';

/** Settings of the users' alarms: two minutes out of two. */
const ALARM = {
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
} satisfies Partial<PutMetricAlarmInput>;

/** Minutes until an alarm that was put has seen enough of a healthy service to be OK. */
export const ALARMS_SETTLE_MINUTES = 5;

/** Percent of requests that may fail. */
const ERRORS_PERCENT = 5;
/** Seconds that 95 of 100 answers may take. */
const LATENCY_SECONDS = 1;

/** Puts the users' alarms on the load balancer: share of errors, and response time. */
export function putBalancerAlarms(stage: Stage, target: string): void {
  const Dimensions = [{ Name: 'LoadBalancer', Value: balancerOf(stage) }];
  const sum = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions },
      Period: 60,
      Stat: 'Sum',
    },
  });
  put(stage, target, {
    AlarmName: ERRORS_ALARM,
    Threshold: ERRORS_PERCENT,
    Metrics: [
      { Id: 'share', Expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / requests', ReturnData: true },
      sum('target', 'HTTPCode_Target_5XX_Count'),
      sum('balancer', 'HTTPCode_ELB_5XX_Count'),
      sum('requests', 'RequestCount'),
    ],
  });
  put(stage, target, {
    AlarmName: LATENCY_ALARM,
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'TargetResponseTime',
    Dimensions,
    Period: 60,
    ExtendedStatistic: 'p95',
    Threshold: LATENCY_SECONDS,
  });
}

/** Puts the users' alarm on the duration of the alias. The one on errors is there already. */
export function putDurationAlarm(stage: Stage, target: string): void {
  put(stage, target, {
    AlarmName: LATENCY_ALARM,
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Dimensions: [
      { Name: 'FunctionName', Value: 'checkout' },
      { Name: 'Resource', Value: 'checkout:live' },
    ],
    Period: 60,
    ExtendedStatistic: 'p95',
    Threshold: LATENCY_SECONDS * 1000,
  });
}

/** Deletes the users' alarms where the arm has none. */
export function keepAlarms(stage: Stage, { alarms }: Arm): void {
  if (!alarms) stage.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [ERRORS_ALARM, LATENCY_ALARM] });
}

function put(stage: Stage, target: string, alarm: Partial<PutMetricAlarmInput>): void {
  const Tags = [{ Key: 'lastgood:target', Value: target }];
  stage.call('cloudwatch', 'PutMetricAlarm', { ...ALARM, ...alarm, Tags });
}

/** Returns the load balancer as CloudWatch names it: by the last part of its ARN. */
function balancerOf(stage: Stage): string {
  const { LoadBalancers = [] } = stage.call<DescribeLoadBalancersOutput>('elb', 'DescribeLoadBalancers', {});
  return LoadBalancers[0]?.LoadBalancerArn?.split(':loadbalancer/')[1] ?? '';
}
