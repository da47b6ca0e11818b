import { GetMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readAnswer, type Span } from '../../src/aws/metric-answer.ts';
import { PERIOD_SECONDS, queriesFor } from '../../src/aws/metric-queries.ts';
import type { BothSides, Minutes } from '../../src/lookout/document.ts';
import type { Measured } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, secondsBetween } from '../../src/rollback/time.ts';

/** Reads the minutes of both sides, and of the whole target, in one call. */
export type ReadMinutes = (sides: BothSides, now: Instant) => Promise<readonly Minutes[]>;

/** The minutes before the deployment show what is usual. */
const BEFORE_MINUTES = 10;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function createReadMinutes(client: Pick<CloudWatchClient, 'send'>): ReadMinutes {
  return async (sides, now) => {
    if (sides.meters.length === 0) return [];
    const queries = queriesFor(sides.meters, false);
    const span = spanOf(sides, now);
    const answer = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(span.start),
        EndTime: new Date(after(span.start, span.minutes * PERIOD_SECONDS)),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: queries.map(({ query }) => query),
      }),
    );
    const measured = readAnswer(answer, queries, span);
    return (['newer', 'older', 'whole'] as const).map((of) => minutesOf(of, measured, sides));
  };
}

/** Returns whole minutes: the present one is incomplete. */
function spanOf({ startedAt }: BothSides, now: Instant): Span {
  const minute = (at: Instant) => new Date(Math.floor(Date.parse(at) / 60_000) * 60_000).toISOString();
  const from = minute(after(startedAt, -BEFORE_MINUTES * 60));
  return { start: from, minutes: Math.floor(secondsBetween(from, minute(now)) / 60) };
}

function minutesOf(of: Minutes['of'], measured: readonly Measured[], sides: BothSides): Minutes {
  const revision = of === 'whole' ? undefined : sides[of].revision.id;
  const series = (metric: Measured['metric']) =>
    measured.find((one) => one.metric === metric && one.revision === revision && one.zone === undefined)
      ?.series ?? null;
  return { of, requests: series('requests'), errors: series('errors'), latency: series('latency') };
}
