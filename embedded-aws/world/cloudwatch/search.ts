import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../service.ts';
import { labelFor } from './labels.ts';
import type { Window } from './queries.ts';
import type { MetricName, MetricStore } from './series.ts';
import { points, type Point } from './statistics.ts';

/** A parsed search expression. */
export interface Search {
  readonly namespace: string;
  /** The exact dimension names of a found metric. */
  readonly dimensions: readonly string[];
  /** `MetricName` or a dimension, and its allowed values. */
  readonly terms: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly stat: string;
  /** Seconds. */
  readonly period: number;
}

/** One found time series. */
export interface Found {
  readonly label: string;
  readonly points: readonly Point[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html */
const MAX_QUERY_CHARACTERS = 1024;
const MAX_SEARCHES = 100;
const MAX_SERIES = 500;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MAX_QUERIES = 500;

/** A search finds only metrics that reported within this time (CloudWatch, "Use search expressions in graphs"). */
const TWO_WEEKS_MS = 14 * 86_400_000;

const NAME = String.raw`"[^"\\]+"|[\w/]+`;
const VALUE = String.raw`"[^"\\]+"`;
const FORM = new RegExp(
  String.raw`^SEARCH\('\s*\{\s*((?:${NAME})(?:\s*,\s*(?:${NAME}))*)\s*\},?\s*([^']*)'\s*,\s*'([^']+)'\s*,\s*(\d+)\)$`,
);
const TERM = new RegExp(
  String.raw`^\s*(${NAME})\s*=\s*(?:(${VALUE})|\(\s*(${VALUE}(?:\s+OR\s+${VALUE})*)\s*\))`,
);

export function isSearch({ Expression }: MetricDataQuery): boolean {
  return Expression?.includes('SEARCH(') === true;
}

/**
 * Parses a search with a metric schema and exact terms `Name="value"` or `Name=("one" OR "other")`, all of which must
 * hold. Partial matches, NOT, other operators, and a search inside another expression are not modelled.
 * @throws AwsError `ValidationError`
 */
export function readSearch({ Expression = '' }: MetricDataQuery): Search {
  if (Expression.length > MAX_QUERY_CHARACTERS)
    throw new AwsError('ValidationError', `A search has at most ${MAX_QUERY_CHARACTERS} characters`);
  const [, schema = '', terms = '', stat = '', period = ''] = FORM.exec(Expression) ?? refuse(Expression);
  const [namespace = '', ...dimensions] = schema.split(',').map(unquoted);
  return { namespace, dimensions, terms: readTerms(terms, Expression), stat, period: Number(period) };
}

function readTerms(text: string, expression: string): Search['terms'] {
  if (text.trim() === '') return [];
  const [whole = '', name = '', one, several = ''] = TERM.exec(text) ?? refuse(expression);
  const values = one === undefined ? several.split(/\s+OR\s+/) : [one];
  const term = { name: unquoted(name), values: values.map(unquoted) };
  return [term, ...readTerms(text.slice(whole.length), expression)];
}

function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}

function refuse(expression: string): never {
  throw new AwsError('ValidationError', `The search '${expression}' is not modelled here`);
}

/**
 * Refuses more searches than one request may have.
 * @throws AwsError `ValidationError`
 */
export function refuseTooMany(queries: readonly MetricDataQuery[]): void {
  if (queries.length > MAX_QUERIES)
    throw new AwsError('ValidationError', `At most ${MAX_QUERIES} metric queries`);
  if (queries.filter(isSearch).length > MAX_SEARCHES)
    throw new AwsError('ValidationError', `At most ${MAX_SEARCHES} search expressions`);
}

/** Runs a search. All its results share the id of the query; the label distinguishes them. */
export function runSearch(store: MetricStore, query: MetricDataQuery, window: Window): readonly Found[] {
  const search = readSearch(query);
  const found = store
    .names(window.now, window.now - TWO_WEEKS_MS)
    .filter((metric) => isWanted(metric, search))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  if (found.length > MAX_SERIES)
    throw new AwsError('ValidationError', `More than ${MAX_SERIES} time series are not modelled here`);
  return found.map((metric) => {
    const samples = store.between(metric, window.from, window.to, window.now);
    return {
      label: labelFor(query.Label, metric),
      points: points(search.stat, samples, { ...window, period: search.period * 1000 }),
    };
  });
}

function isWanted(metric: MetricName, { namespace, dimensions, terms }: Search): boolean {
  if (metric.namespace !== namespace) return false;
  const names = Object.keys(metric.dimensions);
  if (names.length !== dimensions.length || !dimensions.every((name) => names.includes(name))) return false;
  return terms.every(({ name, values }) =>
    values.includes((name === 'MetricName' ? metric.name : metric.dimensions[name]) ?? ''),
  );
}

function keyOf({ name, dimensions }: MetricName): string {
  return [name, ...Object.values(dimensions)].join(' ');
}
