import type { GetMetricDataOutput, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Measured, Series } from '../rollback/facts.ts';
import type { Instant } from '../rollback/request.ts';
import { PERIOD_SECONDS, type Measurable, type Measure, type MetricQuery } from './metric-queries.ts';

/** Whole minutes, from `start` on. */
export interface Span {
  readonly start: Instant;
  readonly minutes: number;
}

type Values = (number | null)[];

/**
 * Combines the measurements of several parts of one target: sums of counts, and the worst of latency, CPU and memory.
 */
const TOGETHER: Readonly<Record<Measure['metric'], (one: number, other: number) => number>> = {
  requests: (one, other) => one + other,
  errors: (one, other) => one + other,
  healthyHosts: (one, other) => one + other,
  latency: (one, other) => Math.max(one, other),
  cpu: (one, other) => Math.max(one, other),
  memory: (one, other) => Math.max(one, other),
};

/**
 * Reads an answer of GetMetricData: one series for each metric, revision and zone. A series without datapoints is left
 * out, except errors beside requests: they are zero.
 * @throws Error if CloudWatch returns only a part, because a missing datapoint would look like zero
 */
export function readAnswer(
  { MetricDataResults = [], NextToken, Messages = [] }: GetMetricDataOutput,
  queries: readonly MetricQuery[],
  span: Span,
): readonly Measured[] {
  const isPartial = MetricDataResults.some(({ StatusCode }) => StatusCode !== 'Complete');
  if (isPartial || NextToken !== undefined || Messages.length > 0)
    throw new Error(Messages[0]?.Value ?? 'CloudWatch gave only a part of the metrics');
  const found = new Map<string, { readonly measure: Measure; readonly values: Values }>();
  for (const result of MetricDataResults)
    for (const measure of measuresOf(result, queries)) {
      const values = found.get(keyOf(measure))?.values ?? empty(span);
      add(values, result, measure, span);
      found.set(keyOf(measure), { measure, values });
    }
  const all = [...found.values()].filter(({ values }) => values.some((value) => value !== null));
  return [...all, ...noErrors(all, queries, span)].map(({ measure, values }) =>
    toMeasured(measure, { start: span.start, periodSeconds: PERIOD_SECONDS, values }),
  );
}

function measuresOf({ Id, Label = '' }: MetricDataResult, queries: readonly MetricQuery[]) {
  return queries.find(({ query }) => query.Id === Id)?.measuresOf(Label) ?? [];
}

function keyOf({ metric, revision, zone }: Measurable): string {
  return JSON.stringify([metric, revision, zone]);
}

function empty({ minutes }: Span): Values {
  return Array.from({ length: minutes }, () => null);
}

function add(
  values: Values,
  { Timestamps = [], Values = [] }: MetricDataResult,
  measure: Measure,
  span: Span,
) {
  const together = TOGETHER[measure.metric];
  Timestamps.forEach((at, index) => {
    const minute = (at.getTime() - Date.parse(span.start)) / (PERIOD_SECONDS * 1000);
    const value = Values[index];
    const known = values[minute];
    if (value === undefined || known === undefined) return;
    values[minute] = known === null ? value * measure.factor : together(known, value * measure.factor);
  });
}

/** Returns error counts that were queried and have no datapoint, where the requests of the same have some. */
function noErrors(
  all: readonly { readonly measure: Measurable }[],
  queries: readonly MetricQuery[],
  span: Span,
): readonly { readonly measure: Measurable; readonly values: Values }[] {
  const known = new Set(all.map(({ measure }) => keyOf(measure)));
  return all
    .filter(({ measure }) => measure.metric === 'requests')
    .map(({ measure }) => ({ ...measure, metric: 'errors' as const }))
    .filter((errors) => !known.has(keyOf(errors)) && queries.some((query) => query.covers(errors)))
    .map((measure) => ({ measure, values: empty(span) }));
}

function toMeasured({ metric, revision, zone }: Measurable, series: Series): Measured {
  return {
    metric,
    relation: 'this',
    ...(revision !== undefined && { revision }),
    ...(zone !== undefined && { zone }),
    series,
  };
}
