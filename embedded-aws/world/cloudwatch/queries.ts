import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { remembered } from '../remembered.ts';
import { AwsError } from '../service.ts';
import { parseExpression } from './expression.ts';
import { evaluate, type TimeSeries } from './math.ts';
import type { MetricName, MetricStore } from './series.ts';
import { points, type Point } from './statistics.ts';

/** Periods from `from` to `to`; instants and length in milliseconds. `now` decides which data are visible. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** The results of a list of metric queries, evaluated on demand. */
export interface QueryResults {
  points(id: string): readonly Point[];
}

export function dimensionsOf(dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
}

export const metricOf = remembered(({ MetricStat, Id }: MetricDataQuery): MetricName => {
  const { Namespace: namespace, MetricName: name, Dimensions } = MetricStat?.Metric ?? {};
  if (namespace === undefined || name === undefined)
    throw new AwsError('ValidationError', `The metric of query '${Id ?? ''}' needs a namespace and a name`);
  return { namespace, name, dimensions: dimensionsOf(Dimensions) };
});

const expressionOf = remembered(({ Expression = '' }: MetricDataQuery) => parseExpression(Expression));

/** Returns the period in seconds: a metric query's own; an expression's `Period`, or the longest among the metrics. */
export function periodOf(queries: readonly MetricDataQuery[], query: MetricDataQuery): number {
  const own = query.MetricStat?.Period ?? query.Period;
  return own ?? Math.max(1, ...queries.map(({ MetricStat }) => MetricStat?.Period ?? 1));
}

/**
 * Evaluates metric queries and the expressions over them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function runQueries(
  store: MetricStore,
  queries: readonly MetricDataQuery[],
  window: Window,
): QueryResults {
  const done = new Map<string, readonly Point[]>();
  const pending = new Set<string>();

  const results = (id: string): readonly Point[] => {
    const known = done.get(id);
    if (known !== undefined) return known;
    const query = queries.find(({ Id }) => Id === id);
    if (query === undefined)
      throw new AwsError('ValidationError', `The expression refers to an unknown id '${id}'`);
    if (pending.has(id)) throw new AwsError('ValidationError', `The expression '${id}' refers to itself`);
    pending.add(id);
    const found = query.MetricStat === undefined ? expressionPoints(query) : metricPoints(query);
    done.set(id, found);
    return found;
  };

  const metricPoints = (query: MetricDataQuery): readonly Point[] => {
    const period = periodOf(queries, query) * 1000;
    const samples = store.between(metricOf(query), window.from, window.to, window.now);
    const wanted = query.MetricStat?.Unit;
    const ofUnit = wanted === undefined ? samples : samples.filter(({ unit }) => (unit ?? 'None') === wanted);
    return points(query.MetricStat?.Stat ?? 'Average', ofUnit, { from: window.from, to: window.to, period });
  };

  const expressionPoints = (query: MetricDataQuery): readonly Point[] => {
    const step = periodOf(queries, query) * 1000;
    const periods: number[] = [];
    for (let at = window.from; at < window.to; at += step) periods.push(at);
    const ofMetrics = (): readonly TimeSeries[] =>
      queries.flatMap(({ Id, MetricStat }) =>
        MetricStat === undefined ? [] : [seriesOf(results(Id ?? ''))],
      );
    const scope = { series: (id: string) => seriesOf(results(id)), metrics: ofMetrics, periods };
    const series = evaluate(expressionOf(query), scope);
    return [...series].map(([at, value]) => ({ at, value, sampleCount: 1 }));
  };

  return { points: results };
}

const seriesOf = (found: readonly Point[]): TimeSeries => new Map(found.map(({ at, value }) => [at, value]));
