import { AwsError } from '../../service.ts';
import { isSearch, readSearch } from '../search.ts';
import { asFields, demand, numberIn, type Fields } from '../widget/fields.ts';
import { rowsOf } from '../widget/rows.ts';

const MAX_WIDGETS = 500;
const MAX_ALARMS = 100;
const COLUMNS = 24;
const MAX_HEIGHT = 1000;

const BODY = fields('start end periodOverride widgets');
const WIDGET = fields('type x y width height properties');
const METRIC = fields(
  'accountId annotations legend liveData metrics period region setPeriodToTimeRange sparkline stacked stat title view yAxis',
);
const TEXT = fields('background markdown');
const ALARM = fields('alarms sortBy states title');
const VIEWS = fields('timeSeries singleValue bar pie gauge table');
const STATES = fields('ALARM INSUFFICIENT_DATA OK');
const SORTS = fields('default stateUpdatedTimestamp timestamp');

/**
 * Checks the body of a dashboard: its structure, its fields, the place of each widget, and each row of metrics. Widgets
 * of logs, explorers and charts, and variables, are not modelled.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 * @throws AwsError `InvalidParameterInput`
 */
export function checkBody(text: string): void {
  const body = asFields(parsed(text), 'DashboardBody');
  onlyOf(BODY, body, 'a dashboard');
  const { widgets, periodOverride = 'auto' } = body;
  demand(periodOverride === 'auto' || periodOverride === 'inherit', 'periodOverride must be auto or inherit');
  demand(Array.isArray(widgets), 'widgets must be an array');
  demand(widgets.length <= MAX_WIDGETS, `at most ${MAX_WIDGETS} widgets`);
  for (const widget of widgets) checkWidget(asFields(widget, 'a widget'));
}

function checkWidget(widget: Fields): void {
  onlyOf(WIDGET, widget, 'a widget');
  const x = numberIn(widget, 'x', 0, 0, COLUMNS - 1);
  demand((widget['x'] === undefined) === (widget['y'] === undefined), 'x and y must be given together');
  numberIn(widget, 'y', 0, 0, Number.MAX_SAFE_INTEGER);
  const width = numberIn(widget, 'width', 6, 1, COLUMNS);
  demand(x + width <= COLUMNS, `a widget ends beyond column ${COLUMNS}`);
  numberIn(widget, 'height', 6, 1, MAX_HEIGHT);
  const properties = asFields(widget['properties'], 'properties');
  const type = String(widget['type']);
  const check = CHECKS[type];
  demand(check !== undefined, `a widget of the type ${type} is not modelled here`);
  check(properties);
}

const CHECKS: Readonly<Record<string, (properties: Fields) => void>> = {
  text: checkText,
  alarm: checkAlarms,
  metric: checkMetrics,
};

function checkText(properties: Fields): void {
  onlyOf(TEXT, properties, 'a text widget');
  demand(typeof properties['markdown'] === 'string', 'markdown is required');
}

function checkAlarms(properties: Fields): void {
  onlyOf(ALARM, properties, 'an alarm widget');
  const { alarms, sortBy = 'default', states = [] } = properties;
  demand(Array.isArray(alarms), 'alarms must be an array');
  demand(alarms.length >= 1 && alarms.length <= MAX_ALARMS, `alarms must have 1 to ${MAX_ALARMS} ARNs`);
  const isArn = (one: unknown) => /^arn:aws[\w-]*:cloudwatch:[\w-]+:\d{12}:alarm:.+$/.test(String(one));
  demand(alarms.every(isArn), 'alarms must be ARNs of alarms');
  demand(SORTS.has(String(sortBy)), `sortBy ${String(sortBy)} is unknown`);
  demand(Array.isArray(states) && states.every((one) => STATES.has(String(one))), 'states are unknown');
}

function checkMetrics(properties: Fields): void {
  onlyOf(METRIC, properties, 'a metric widget');
  const { region, view = 'timeSeries', metrics } = properties;
  demand(typeof region === 'string', 'region is required');
  demand(VIEWS.has(String(view)), `view ${String(view)} is unknown`);
  for (const query of rowsOf({ ...properties, metrics })) if (isSearch(query)) readSearch(query);
}

function onlyOf(known: ReadonlySet<string>, given: Fields, what: string): void {
  for (const name of Object.keys(given)) demand(known.has(name), `${what} has no field ${name}`);
}

function fields(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('ValidationError', 'DashboardBody is not JSON');
  }
}
