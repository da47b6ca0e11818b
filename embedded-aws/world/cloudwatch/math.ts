import { AwsError } from '../service.ts';
import type { Expression } from './expression.ts';

/** Values by the start of their period. A period without a value is missing. */
export type TimeSeries = ReadonlyMap<number, number>;
type Value = number | TimeSeries | readonly TimeSeries[];

/** The series that an expression can refer to, and the starts of all requested periods. */
export interface Scope {
  readonly series: (id: string) => TimeSeries;
  /** Every metric (not expression) of the request: `METRICS()`. */
  readonly metrics: () => readonly TimeSeries[];
  readonly periods: readonly number[];
}

/**
 * Evaluates metric math. A point exists only if all operands have one; a division by zero gives none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @throws AwsError `ValidationError` for functions that are not modelled here
 */
export function evaluate(expression: Expression, scope: Scope): TimeSeries {
  const value = compute(expression, scope);
  if (typeof value === 'number') return new Map(scope.periods.map((at) => [at, value]));
  if (isArray(value)) throw new AwsError('ValidationError', 'The expression must give one time series');
  return value;
}

function compute(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return scope.series(expression.name);
    case 'array':
      return expression.items.map((item) => evaluate(item, scope));
    case 'negate':
      return combine('*', -1, compute(expression.of, scope));
    case 'binary':
      return combine(expression.operator, compute(expression.left, scope), compute(expression.right, scope));
    case 'call':
      return call(expression.name, expression.given, scope);
  }
}

function isArray(value: Value): value is readonly TimeSeries[] {
  return Array.isArray(value);
}

const flag = (truth: boolean): number => (truth ? 1 : 0);

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '<': (left, right) => flag(left < right),
  '<=': (left, right) => flag(left <= right),
  '>': (left, right) => flag(left > right),
  '>=': (left, right) => flag(left >= right),
  '==': (left, right) => flag(left === right),
  '!=': (left, right) => flag(left !== right),
  AND: (left, right) => flag(left !== 0 && right !== 0),
  '&&': (left, right) => flag(left !== 0 && right !== 0),
  OR: (left, right) => flag(left !== 0 || right !== 0),
  '||': (left, right) => flag(left !== 0 || right !== 0),
};

function combine(operator: string, left: Value, right: Value): Value {
  const operate = OPERATORS[operator] ?? refuse(`operator ${operator}`);
  if (isArray(left) || isArray(right)) return refuse('arithmetic on arrays');
  if (typeof left === 'number' && typeof right === 'number') return operate(left, right);
  const periods = typeof left === 'number' ? keysOf(right) : keysOf(left);
  return collect(periods, (at) => {
    const [one, other] = [valueAt(left, at), valueAt(right, at)];
    return one === undefined || other === undefined ? undefined : operate(one, other);
  });
}

function call(name: string, given: readonly Expression[], scope: Scope): Value {
  switch (name) {
    case 'METRICS':
      return given.length === 0 ? scope.metrics() : refuse('METRICS with a filter');
    case 'FILL':
      return fill(given, scope);
    case 'IF':
      return choose(given, scope);
    case 'ABS':
      return collect(scope.periods, (at) => absolute(evaluate(one(given), scope).get(at)));
    case 'SUM':
    case 'AVG':
    case 'MIN':
    case 'MAX':
      return aggregate(name, compute(one(given), scope), scope);
    default:
      return refuse(`function ${name}`);
  }
}

const absolute = (value: number | undefined): number | undefined =>
  value === undefined ? value : Math.abs(value);

/**
 * Evaluates `FILL(series, number
 *
 * REPEAT)`: gaps get the number, or the value before them.
 */
function fill([what, filler]: readonly Expression[], scope: Scope): Value {
  if (what === undefined || filler === undefined) return refuse('FILL without a value');
  const series = evaluate(what, scope);
  if (filler.kind !== 'name') {
    const value = evaluate(filler, scope);
    return collect(scope.periods, (at) => series.get(at) ?? value.get(at));
  }
  if (filler.name !== 'REPEAT') return refuse(`FILL with ${filler.name}`);
  let last: number | undefined;
  return collect(scope.periods, (at) => (last = series.get(at) ?? last));
}

function choose([condition, yes, no]: readonly Expression[], scope: Scope): Value {
  if (condition === undefined || yes === undefined) return refuse('IF without a value');
  const [test, then] = [evaluate(condition, scope), evaluate(yes, scope)];
  const otherwise = no === undefined ? undefined : evaluate(no, scope);
  return collect(scope.periods, (at) => {
    const truth = test.get(at);
    if (truth === undefined) return undefined;
    return truth === 0 ? otherwise?.get(at) : then.get(at);
  });
}

/** Aggregates an array period by period, over the values that exist. Aggregates one series to a single number. */
function aggregate(name: 'SUM' | 'AVG' | 'MIN' | 'MAX', of: Value, scope: Scope): Value {
  if (typeof of === 'number') return of;
  if (!isArray(of)) return reduce(name, [...of.values()]) ?? new Map<number, number>();
  return collect(scope.periods, (at) =>
    reduce(
      name,
      of.flatMap((series) => series.get(at) ?? []),
    ),
  );
}

function reduce(name: 'SUM' | 'AVG' | 'MIN' | 'MAX', values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  return { SUM: sum, AVG: sum / values.length, MIN: Math.min(...values), MAX: Math.max(...values) }[name];
}

function collect(periods: readonly number[], valueOf: (at: number) => number | undefined): TimeSeries {
  const result = new Map<number, number>();
  for (const at of periods) {
    const value = valueOf(at);
    if (value !== undefined && Number.isFinite(value)) result.set(at, value);
  }
  return result;
}

const keysOf = (value: Value): readonly number[] =>
  value instanceof Map ? [...(value as TimeSeries).keys()] : [];

function valueAt(value: number | TimeSeries, at: number): number | undefined {
  return typeof value === 'number' ? value : value.get(at);
}

function one(given: readonly Expression[]): Expression {
  const [only] = given;
  return only ?? refuse('a function without an argument');
}

function refuse(what: string): never {
  throw new AwsError('ValidationError', `Metric math: ${what} is not modelled here`);
}
