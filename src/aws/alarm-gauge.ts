import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricAlarm,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmNow, Series } from '../rollback/facts.ts';
import type { Gauge } from '../rollback/gauge.ts';
import type { Unit } from '../rollback/unit.ts';
import { after } from '../rollback/time.ts';
import { isWatched, queriesOf } from './alarm-queries.ts';
import type { Span } from './metric-answer.ts';
import { watchedIn } from './watched.ts';

type Client = Pick<CloudWatchClient, 'send'>;

/**
 * Reads the metric that an alarm compares with its threshold, in one call. An anomaly band has no limit. Null: there is no
 * data.
 */
export async function alarmGauge(client: Client, alarm: MetricAlarm, span: Span): Promise<Gauge | null> {
  const watched = await readWatched(client, alarm, span);
  return watched === null ? null : gaugeOf(alarm, watched, span);
}

/** Reads the series that the alarm compares with its threshold. An anomaly band is no series of its own. */
async function readWatched(client: Client, alarm: MetricAlarm, span: Span): Promise<MetricDataResult | null> {
  const queries = queriesOf(alarm).filter(({ Id }) => Id !== alarm.ThresholdMetricId);
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [...queries],
      StartTime: new Date(span.start),
      EndTime: new Date(after(span.start, span.minutes * 60)),
      ScanBy: 'TimestampAscending',
    }),
  );
  const watched = queries.find((query) => isWatched(alarm, query))?.Id;
  return MetricDataResults.find(({ Id }) => Id === watched) ?? null;
}

function gaugeOf(
  alarm: MetricAlarm,
  { Label, Timestamps = [], Values = [] }: MetricDataResult,
  span: Span,
): Gauge {
  const { metric, limit, periodSeconds = 60 } = watchedIn(alarm);
  const factor = limit === undefined || !alarm.Threshold ? 1 : limit.threshold / alarm.Threshold;
  const points = Timestamps.map((at, index) => [at.getTime(), (Values[index] ?? 0) * factor] as const);
  return {
    measures: MEASURES[metric ?? 'unknown'] ?? Label ?? '',
    ...(metric !== undefined && { metric }),
    unit: UNITS[metric ?? 'unknown'] ?? 'number',
    series: seriesOf(points, periodSeconds, span),
    ...limitOf(alarm, limit),
  };
}

/** An expression without a word of its own has the limit of its alarm, in its own unit. */
function limitOf(
  { Threshold, ComparisonOperator }: MetricAlarm,
  limit: AlarmNow['limit'],
): Pick<Gauge, 'limit'> {
  const orEqual = ComparisonOperator?.includes('OrEqualTo') === true && ({ orEqual: true } as const);
  if (limit !== undefined) return { limit: { value: limit.threshold, breaches: limit.breaches, ...orEqual } };
  if (Threshold === undefined) return {};
  const isBelow = ComparisonOperator?.startsWith('Less') === true;
  return { limit: { value: Threshold, breaches: isBelow ? 'below' : 'above', ...orEqual } };
}

function seriesOf(
  points: readonly (readonly [at: number, value: number])[],
  periodSeconds: number,
  { start, minutes }: Span,
): Series {
  const period = periodSeconds * 1000;
  const first = points[0]?.[0] ?? Date.parse(start);
  const from = first - Math.floor((first - Date.parse(start)) / period) * period;
  const count = Math.max(1, Math.ceil((Date.parse(start) + minutes * 60_000 - from) / period));
  const values = Array.from({ length: count }, (): number | null => null);
  for (const [at, value] of points) values[Math.round((at - from) / period)] = value;
  return { start: new Date(from).toISOString(), periodSeconds, values: values.slice(0, count) };
}

type Word = NonNullable<AlarmNow['metric']> | 'unknown';

const MEASURES: Readonly<Partial<Record<Word, string>>> = {
  errorRate: 'share of failed requests',
  errors: 'failed requests',
  requests: 'requests',
  latency: 'time to answer',
  cpu: 'processor in use',
  memory: 'memory in use',
  healthyHosts: 'healthy targets',
};

const UNITS: Readonly<Partial<Record<Word, Unit>>> = {
  errorRate: 'percent',
  latency: 'seconds',
  cpu: 'percent',
  memory: 'percent',
};
