import type { Datum } from '../../world/seams.ts';

type Fields = Readonly<Record<string, unknown>>;

const MAX_METRICS = 100;
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;
const HOUR_MS = 3_600_000;
const MAX_AGE_MS = 14 * 24 * HOUR_MS;
const MAX_AHEAD_MS = 2 * HOUR_MS;

/**
 * Returns the metrics in a line in the embedded metric format. Returns none for any other line.
 *
 * CloudWatch leaves out a document that breaks a rule of the format, or whose time lies further back than two weeks or
 * further ahead than two hours, and counts it in AWS/Logs. A lost metric must not stay unseen here, so it is an error.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @throws Error naming the rule
 */
export function metricsIn(line: string, now: number): readonly Datum[] {
  const root = line.includes('"_aws"') ? parsed(line) : null;
  const metadata = fieldsOf(root?.['_aws']);
  if (root === null || metadata === null || !('CloudWatchMetrics' in metadata)) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = metadata;
  demand(typeof at === 'number' && Number.isInteger(at), 'Timestamp must be whole milliseconds');
  demand(at >= now - MAX_AGE_MS && at <= now + MAX_AHEAD_MS, 'Timestamp is too old or in the future');
  return listOf(directives, 'CloudWatchMetrics').flatMap((one) => dataOf(root, fieldsOf(one) ?? {}, at));
}

function dataOf(root: Fields, { Namespace: namespace, Dimensions, Metrics }: Fields, at: number): Datum[] {
  demand(isName(namespace), 'Namespace must have 1 to 255 characters');
  const metrics = listOf(Metrics, 'Metrics');
  demand(metrics.length <= MAX_METRICS, `at most ${MAX_METRICS} metrics`);
  const sets = listOf(Dimensions, 'Dimensions').map((set) => dimensionsOf(root, set));
  demand(sets.length > 0, 'Dimensions must have a set');
  return metrics.flatMap((one) => {
    const { Name: name, Unit: unit } = fieldsOf(one) ?? {};
    demand(isName(name), 'a metric needs a Name');
    const values = [root[name]].flat();
    demand(values.length <= MAX_VALUES, `${name} has more than ${MAX_VALUES} values`);
    return sets.flatMap((dimensions) =>
      values.map((value): Datum => {
        demand(typeof value === 'number', `${name} must be a number`);
        return { namespace, name, dimensions, value, at, ...(typeof unit === 'string' && { unit }) };
      }),
    );
  });
}

function dimensionsOf(root: Fields, set: unknown): Datum['dimensions'] {
  const keys = listOf(set, 'a set of dimensions');
  demand(keys.length <= MAX_DIMENSIONS, `at most ${MAX_DIMENSIONS} dimensions`);
  return Object.fromEntries(
    keys.map((key) => {
      demand(isName(key), 'a dimension needs a name');
      const value = root[key];
      demand(typeof value === 'string', `the dimension ${key} must be a text`);
      return [key, value];
    }),
  );
}

function parsed(line: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  demand(Array.isArray(value), `${what} must be a list`);
  return value as unknown[];
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 255;
}

function demand(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Error(`a log line breaks the embedded metric format: ${rule}`);
}
