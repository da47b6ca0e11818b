import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Sign } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after } from '../../src/rollback/time.ts';
import { nameOf } from './target-group.ts';
import { unreadable } from './unreadable.ts';
import type { Source } from './verify.ts';
import { watchedGroups } from './watched-groups.ts';

export interface Clients {
  readonly elb: Pick<ElasticLoadBalancingV2Client, 'send'>;
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly now: () => Instant;
}

/** The newest minute with requests within this time is looked at: load balancers report each minute, and late. */
const LOOK_BACK_SECONDS = 300;

const MINUTE = 60;

/**
 * Each watched target group answers no more than the tolerated share of requests with a 5xx, in the newest minute that
 * is known. This is the one sign of the users themselves where no alarm watches. A group without requests gives no sign:
 * silence at night is neither health nor sickness.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function errors(clients: Clients): Source {
  return async (rollback) => {
    const { tolerated } = readSettings(rollback.plan.tags);
    const signs = watchedGroups(rollback).map(({ arn }) => signsOf(clients, arn, tolerated));
    return (await Promise.all(signs)).flat();
  };
}

async function signsOf(clients: Clients, arn: string, tolerated: number): Promise<readonly Sign[]> {
  const of = `errors of target group ${nameOf(arn)}`;
  try {
    const minute = await newestMinute(clients, arn);
    if (minute === null) return [];
    const share = (100 * minute.failed) / minute.requests;
    const says = `${share.toFixed(1)} % of ${minute.requests} requests failed, ${tolerated} % are tolerated`;
    return [{ of, state: share <= tolerated ? 'healthy' : 'unhealthy', says }];
  } catch (error) {
    return [unreadable(of, error)];
  }
}

/** The newest minute in which the group had requests; null: there was none. */
async function newestMinute(
  { elb, cloudwatch, now }: Clients,
  arn: string,
): Promise<{ readonly requests: number; readonly failed: number } | null> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
  const [loadBalancer] = TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns);
  if (loadBalancer === undefined) return null;
  const end = now();
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(after(end, -LOOK_BACK_SECONDS)),
      EndTime: new Date(end),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: [
        sumOf('requests', 'RequestCount', arn, loadBalancer),
        sumOf('failed', 'HTTPCode_Target_5XX_Count', arn, loadBalancer),
      ],
    }),
  );
  const series = (id: string) => MetricDataResults.find(({ Id }) => Id === id);
  const requests = series('requests')?.Values?.[0] ?? 0;
  const minute = series('requests')?.Timestamps?.[0];
  if (minute === undefined || requests === 0) return null;
  // A minute without errors is not reported as zero; it is not reported at all.
  const failedAt = series('failed')?.Timestamps?.findIndex((at) => at.getTime() === minute.getTime()) ?? -1;
  return { requests, failed: series('failed')?.Values?.[failedAt] ?? 0 };
}

function sumOf(Id: string, MetricName: string, arn: string, loadBalancer: string): MetricDataQuery {
  const Dimensions = [
    { Name: 'TargetGroup', Value: arn.slice(arn.indexOf('targetgroup/')) },
    {
      Name: 'LoadBalancer',
      Value: loadBalancer.slice(loadBalancer.indexOf('loadbalancer/') + 'loadbalancer/'.length),
    },
  ];
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions },
      Period: MINUTE,
      Stat: 'Sum',
    },
  };
}
