import { GetMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Measured } from '../rollback/facts.ts';
import type { Meter } from '../rollback/plan.ts';
import { after } from '../rollback/time.ts';
import { readAnswer, type Span } from './metric-answer.ts';
import { PERIOD_SECONDS, queriesFor } from './metric-queries.ts';

/**
 * Reads meters over a span, in one call.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * @throws Error if CloudWatch refuses, or returns only a part
 */
export async function readMeters(
  client: Pick<CloudWatchClient, 'send'>,
  meters: readonly Meter[],
  span: Span,
  byZone = false,
): Promise<readonly Measured[]> {
  const queries = queriesFor(meters, byZone);
  const answer = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(span.start),
      EndTime: new Date(after(span.start, span.minutes * PERIOD_SECONDS)),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries.map(({ query }) => query),
    }),
  );
  return readAnswer(answer, queries, span);
}
