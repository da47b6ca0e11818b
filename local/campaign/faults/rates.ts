import fc from 'fast-check';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

/** Another caller in the account leaves so much of a bucket. */
const left = fc.constantFrom(0.02, 0.1, 0.5, 1);

/** Buckets, as service and name, which another caller in the account has almost emptied. */
export const rates: readonly Fault[] = [
  drained('ecs-reads-throttled', incidents(19), 'ecs', [
    ...['ecs service read', 'ecs service deployment read', 'ecs service revision read'],
    ...['ecs task definition read', 'ecs cluster resource read'],
  ]),
  drained(
    'ecs-writes-throttled',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html',
    'ecs',
    ['ecs service modify'],
  ),
  drained(
    'balancer-throttled',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html',
    'elasticloadbalancing',
    ['elasticloadbalancing/read', 'elasticloadbalancing/write'],
  ),
  drained(
    'alarms-throttled',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    'monitoring',
    ['monitoring/DescribeAlarms', 'monitoring/DescribeAlarmHistory', 'monitoring/Tags'],
  ),
  drained(
    'metrics-throttled',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    'monitoring',
    ['monitoring/GetMetricData', 'monitoring/GetMetricStatistics', 'monitoring/ListMetrics'],
  ),
  drained(
    'tagging-throttled',
    'https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html',
    'tagging',
    ['tagging GetResources'],
  ),
  drained('parameters-throttled', 'https://docs.aws.amazon.com/general/latest/gr/ssm.html', 'ssm', [
    'ssm-reads',
  ]),
  drained(
    'executions-throttled',
    'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
    'states',
    ['DescribeExecution', 'ListExecutions', 'SendTask', 'StartExecution'],
  ),
];

function drained(name: string, source: string, service: string, buckets: readonly string[]): Fault {
  return {
    ...{ name, source, draws: fc.record({ perSecond: left }) },
    begin({ stage }, { perSecond }) {
      const { disturb } = stage.runtime.wire;
      const ends = buckets.map((bucket) => {
        const end = disturb.shrink(service, bucket, { burst: 1, perSecond: Number(perSecond) });
        disturb.drain(service, bucket);
        return end;
      });
      return () => ends.forEach((end) => end());
    },
  };
}
