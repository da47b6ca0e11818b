import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { REGION } from '../../aws.ts';
import { AwsError } from '../../service.ts';
import { rowsOf } from './rows.ts';
import { asFields, demand, numberIn, type Fields } from './fields.ts';

/** A graph to draw. Instants are milliseconds since the epoch. */
export interface Widget {
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly queries: readonly MetricDataQuery[];
  /** Values of the visible horizontal annotations. */
  readonly lines: readonly number[];
}

const MAX_BYTES = 100 * 1024;
const FIELDS = new Set(
  (
    'metrics annotations end height legend liveData period region stacked start stat theme timezone title ' +
    'view width yAxis'
  ).split(' '),
);

/**
 * Parses a MetricWidget. Refuses a field that the page does not name, so no code depends on it. An example is an
 * alarm's ARN among the annotations, which dashboards accept and this page omits. Neither page names this operation's
 * errors. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
 * @throws AwsError `ValidationError`
 */
export function readWidget(text: string, now: number): Widget {
  demand(Buffer.byteLength(text) <= MAX_BYTES, 'MetricWidget must have at most 100 KB');
  const widget = asFields(parsed(text), 'MetricWidget');
  for (const name of Object.keys(widget)) demand(FIELDS.has(name), `MetricWidget has no field ${name}`);
  const { start = '-PT3H', end = 'PT0H', view = 'timeSeries', stacked = false, region = REGION } = widget;
  demand(
    view === 'timeSeries' && stacked === false,
    'only lines are modelled here: no bars, no pies, no stacks',
  );
  demand(region === REGION, 'region must be the local Region');
  const [from, to] = [instantOf(start, now, 'start'), instantOf(end, now, 'end')];
  demand(from < to, 'start must be before end');
  return {
    width: numberIn(widget, 'width', 600, 1, 2000),
    height: numberIn(widget, 'height', 400, 1, 2000),
    from,
    to,
    queries: rowsOf(widget),
    lines: linesOf(widget),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('ValidationError', 'MetricWidget is not JSON');
  }
}

const UNITS = [86_400, 3_600, 60, 1];

/** Parses an absolute instant, or one relative to now: `-PT30M`. */
function instantOf(value: unknown, now: number, field: string): number {
  demand(typeof value === 'string', `${field} must be a string`);
  const relative = /^-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  if (relative !== null) {
    const seconds = UNITS.reduce((sum, unit, index) => sum + unit * Number(relative[index + 1] ?? 0), 0);
    return now - seconds * 1000;
  }
  const at = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
  demand(Number.isFinite(at), `${field} is neither an instant nor a duration`);
  return at;
}

/** Returns the horizontal lines. Bands are not modelled, and verticals are not drawn. */
function linesOf({ annotations = {} }: Fields): readonly number[] {
  const { horizontal = [], vertical = [], ...unknown } = asFields(annotations, 'annotations');
  demand(Object.keys(unknown).length === 0, `annotations has no field ${Object.keys(unknown).join(' and ')}`);
  demand(Array.isArray(horizontal) && Array.isArray(vertical), 'annotations are arrays');
  return horizontal
    .map((each) => asFields(each, 'a horizontal annotation'))
    .filter(({ visible = true }) => visible === true)
    .map(({ value }) => {
      demand(typeof value === 'number', 'the value of a horizontal annotation must be a number');
      return value;
    });
}
