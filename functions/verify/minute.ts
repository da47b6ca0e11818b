import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type Dimension,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { inBatches } from '../../src/aws/batches.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';

export interface Clients {
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly now: () => Instant;
}

/** A target group and the load balancer that uses it, by their ARNs. */
export interface Balanced {
  readonly arn: string;
  readonly balancer: string;
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
export const COMPLETE_AFTER_SECONDS = 60;

/** GetMetricData accepts 500 queries (API_GetMetricData, Amazon CloudWatch), and each group needs six. */
const MAX_GROUPS_PER_CALL = 80;

/**
 * Reads the newest complete minute in which each group had requests, in the order of the groups; null: there was none.
 * One call for all of them.
 */
export async function newestMinutes(
  clients: Clients,
  groups: readonly Balanced[],
): Promise<readonly (Minute | null)[]> {
  const read = inBatches(groups, MAX_GROUPS_PER_CALL).map((batch) => readMinutes(clients, batch));
  return (await Promise.all(read)).flat();
}

async function readMinutes(
  { cloudwatch, now }: Clients,
  groups: readonly Balanced[],
): Promise<readonly (Minute | null)[]> {
  const end = now();
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(after(end, -LOOK_BACK_SECONDS)),
      EndTime: new Date(wholeMinute(after(end, -COMPLETE_AFTER_SECONDS))),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: groups.flatMap(queriesFor),
    }),
  );
  return groups.map((_, index) => readMinute(MetricDataResults, index));
}

/** Says whether a whole minute that began after an instant is complete by now. */
export function isAnyComplete(since: Instant, now: Instant): boolean {
  const first = wholeMinute(after(since, MINUTE - 0.001));
  return !isAfter(after(first, MINUTE + COMPLETE_AFTER_SECONDS), now);
}

/** Returns the beginning of the minute. CloudWatch returns the minutes that began before it. */
function wholeMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z`;
}

/** The ids of the queries end with the number of the group. */
function queriesFor({ arn, balancer }: Balanced, index: number): MetricDataQuery[] {
  const name = balancer.slice(balancer.indexOf('loadbalancer/') + 'loadbalancer/'.length);
  const whole = [{ Name: 'LoadBalancer', Value: name }];
  const group = [{ Name: 'TargetGroup', Value: arn.slice(arn.indexOf('targetgroup/')) }, ...whole];
  return [
    sumOf('requests', 'RequestCount', group),
    ...ANSWERED.map((id) => sumOf(id, `HTTPCode_Target_${id.slice(1)}_Count`, group)),
    sumOf('failed', 'HTTPCode_Target_5XX_Count', group),
    sumOf('own', 'HTTPCode_ELB_5XX_Count', whole),
  ].map((query) => ({ ...query, Id: idOf(query.Id, index) }));
}

function idOf(what: string, index: number): string {
  return `${what}_${index}`;
}

function sumOf(Id: string, MetricName: string, Dimensions: Dimension[]) {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions },
      Period: MINUTE,
      Stat: 'Sum',
    },
  };
}

function readMinute(results: readonly MetricDataResult[], index: number): Minute | null {
  const series = (what: string) => results.find(({ Id }) => Id === idOf(what, index));
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
