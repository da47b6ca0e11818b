import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { asFields, demand, numberIn, type Fields } from './fields.ts';

const OPTIONS = new Set('color expression label id period stat visible yAxis'.split(' '));
const DAY = 86_400;

/**
 * Returns the rows of `metrics` as queries. A metric is `[namespace, name, dimension, value, …, {options}]`, an
 * expression `[{expression, …}]`. `.` repeats the value of the row above.
 */
export function rowsOf({ metrics, stat = 'Average', ...widget }: Fields): readonly MetricDataQuery[] {
  demand(Array.isArray(metrics), 'metrics is required: an array of arrays');
  demand(metrics.length >= 1 && metrics.length <= 100, 'metrics must have 1 to 100 rows');
  const period = periodIn(widget, 300);
  let above: readonly unknown[] = [];
  const queries = metrics.map((row: unknown, place) => {
    demand(Array.isArray(row), 'a row of metrics must be an array');
    const isOption = typeof row.at(-1) === 'object';
    const names: unknown[] = (isOption ? row.slice(0, -1) : row).map((name: unknown, index) =>
      name === '.' ? above[index] : name,
    );
    above = names;
    return queryOf(names, asFields(isOption ? row.at(-1) : {}, 'options'), { place, period, stat });
  });
  demand(new Set(queries.map(({ Id }) => Id)).size === queries.length, 'the ids of metrics must be unique');
  return queries;
}

interface Defaults {
  /** The row's position. */
  readonly place: number;
  readonly period: number;
  readonly stat: unknown;
}

function queryOf(
  names: readonly unknown[],
  options: Fields,
  { place, ...defaults }: Defaults,
): MetricDataQuery {
  for (const name of Object.keys(options)) demand(OPTIONS.has(name), `options has no field ${name}`);
  const { expression, id, visible = true, stat = defaults.stat } = options;
  demand(id === undefined || /^[a-z]\w*$/.test(textOf(id, 'id')), 'id must begin with a lower-case letter');
  // No widget uses such an id, so no expression refers to it.
  const shown = { Id: id === undefined ? `row ${place}` : textOf(id, 'id'), ReturnData: visible === true };
  if (expression !== undefined) {
    demand(names.length === 0, 'an expression has no namespace and no name');
    return { ...shown, Expression: textOf(expression, 'expression') };
  }
  demand(
    names.length >= 2 && names.length % 2 === 0,
    'a metric needs namespace, name, and pairs of dimensions',
  );
  const [Namespace, MetricName, ...rest] = names.map((name) => textOf(name, 'a name in metrics'));
  const Dimensions = rest.flatMap((Name, index) =>
    index % 2 === 0 ? [{ Name, Value: rest[index + 1] }] : [],
  );
  const Metric = { Namespace, MetricName, Dimensions };
  return {
    ...shown,
    MetricStat: { Metric, Period: periodIn(options, defaults.period), Stat: textOf(stat, 'stat') },
  };
}

function periodIn(fields: Fields, otherwise: number): number {
  const period = numberIn(fields, 'period', otherwise, 1, DAY);
  demand(
    [1, 5, 10, 30].includes(period) || period % 60 === 0,
    'period must be 1, 5, 10, 30 or whole minutes',
  );
  return period;
}

function textOf(value: unknown, what: string): string {
  demand(typeof value === 'string' && value !== '', `${what} must be a string`);
  return value;
}
