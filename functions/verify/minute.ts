import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type Dimension,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';

export interface Clients {
  readonly elb: Pick<ElasticLoadBalancingV2Client, 'send'>;
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly now: () => Instant;
}

/** One minute of a target group. */
export interface Minute {
  /** Its beginning. */
  readonly at: Instant;
  /** Requests for which a target was chosen. */
  readonly requests: number;
  /** Requests that a target answered without a 5xx. */
  readonly answered: number;
  /** Requests that a target answered with a 5xx. */
  readonly failed: number;
  /** 5xx of the load balancer itself, of all its groups. */
  readonly own: number;
}

/** Ids of the queries for answers without a target error. */
const ANSWERED = ['n2XX', 'n3XX', 'n4XX'];

/** Only minutes with requests within this time count: load balancers report each minute, and late. */
const LOOK_BACK_SECONDS = 300;

const MINUTE = 60;

/**
 * A minute counts from this long after its end. Its datapoints come in parts, and requests without their errors would
 * look healthy. Unknown: partial-minute. AWS gives no figure; recorded datapoints were late by 19 to 79 seconds.
 */
const COMPLETE_AFTER_SECONDS = 60;

/** Reads the newest complete minute in which the group had requests; null: there was none. */
export async function newestMinute({ elb, cloudwatch, now }: Clients, arn: string): Promise<Minute | null> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
  const [loadBalancer] = TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns);
  if (loadBalancer === undefined) return null;
  const end = now();
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(after(end, -LOOK_BACK_SECONDS)),
      EndTime: new Date(wholeMinute(after(end, -COMPLETE_AFTER_SECONDS))),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: queriesFor(arn, loadBalancer),
    }),
  );
  return readMinute(MetricDataResults);
}

/** Returns the beginning of the minute. CloudWatch returns the minutes that began before it. */
function wholeMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

function queriesFor(arn: string, loadBalancer: string): MetricDataQuery[] {
  const whole = [
    {
      Name: 'LoadBalancer',
      Value: loadBalancer.slice(loadBalancer.indexOf('loadbalancer/') + 'loadbalancer/'.length),
    },
  ];
  const group = [{ Name: 'TargetGroup', Value: arn.slice(arn.indexOf('targetgroup/')) }, ...whole];
  return [
    sumOf('requests', 'RequestCount', group),
    ...ANSWERED.map((id) => sumOf(id, `HTTPCode_Target_${id.slice(1)}_Count`, group)),
    sumOf('failed', 'HTTPCode_Target_5XX_Count', group),
    sumOf('own', 'HTTPCode_ELB_5XX_Count', whole),
  ];
}

function sumOf(Id: string, MetricName: string, Dimensions: Dimension[]): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions },
      Period: MINUTE,
      Stat: 'Sum',
    },
  };
}

function readMinute(results: readonly MetricDataResult[]): Minute | null {
  const series = (id: string) => results.find(({ Id }) => Id === id);
  const at = series('requests')?.Timestamps?.[0];
  const requests = series('requests')?.Values?.[0] ?? 0;
  if (at === undefined || requests === 0) return null;
  // A metric that is zero in a minute has no datapoint for it.
  const valueOf = (id: string): number => {
    const { Timestamps = [], Values = [] } = series(id) ?? {};
    return Values[Timestamps.findIndex((each) => each.getTime() === at.getTime())] ?? 0;
  };
  return {
    at: at.toISOString(),
    requests,
    answered: ANSWERED.reduce((sum, id) => sum + valueOf(id), 0),
    failed: valueOf('failed'),
    own: valueOf('own'),
  };
}
