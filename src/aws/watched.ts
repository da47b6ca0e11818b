import type { Dimension, MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Watching } from '../rollback/facts.ts';
import type { Meter } from '../rollback/plan.ts';
import { meterOf, toMeterUnit, type NamedMetric } from './metric-words.ts';

/** The metrics of a metric alarm. */
interface Watched {
  readonly metrics: readonly WatchedMetric[];
  /** An expression over the metrics, by their ids; absent: the alarm watches the one metric. */
  readonly expression?: string | undefined;
  /** Seconds. */
  readonly period?: number | undefined;
}

interface WatchedMetric extends NamedMetric {
  readonly id: string;
  readonly stat: string;
}

/**
 * Counts without a datapoint while there is nothing to count: "Reporting criteria: There is a nonzero value". An
 * application's own counts are assumed to behave in the same way.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * Unknown: silent-5xx-count. Unknown: application-counts.
 */
const SILENT_COUNTS = /^(HTTPCode_(ELB|Target)_\w+|\w*ErrorCount|RejectedConnectionCount|LambdaUserError)$/;

const SILENT_NAMESPACE = /^(AWS\/ApplicationELB|(?!AWS\/).*)$/;

const LIMITS: Readonly<Record<string, 'above' | 'below'>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'below',
};

/** Describes an alarm's metric in the words of a meter, if one fits. */
export function watchedIn(alarm: MetricAlarm): Watching {
  const watched = watchedBy(alarm);
  const metric = wordOf(watched);
  const limit = limitOf(alarm, watched, metric);
  const { EvaluationPeriods: evaluationPeriods } = alarm;
  return {
    ...(limit !== undefined && { limit }),
    ...(watched.period !== undefined && { periodSeconds: watched.period }),
    ...(evaluationPeriods !== undefined && { evaluationPeriods }),
    ...(metric !== undefined && { metric }),
    silentWhenHealthy: isSilentWhenHealthy(alarm),
  };
}

/**
 * Says whether an alarm may have no data because all is well. That is so if it alarms above a count without a datapoint
 * at zero, and if missing data keeps its state or makes it INSUFFICIENT_DATA.
 */
export function isSilentWhenHealthy(alarm: MetricAlarm): boolean {
  const { TreatMissingData = 'missing', ComparisonOperator } = alarm;
  if (!['missing', 'ignore'].includes(TreatMissingData)) return false;
  if (LIMITS[ComparisonOperator ?? ''] !== 'above') return false;
  const { metrics, expression } = watchedBy(alarm);
  const silent = metrics.filter(isSilentCount);
  if (expression === undefined) return silent.length > 0;
  return silent.some(({ id }) => isUsedUnfilled(expression, id));
}

function isSilentCount({ namespace, name, stat }: WatchedMetric): boolean {
  if (!['Sum', 'SampleCount'].includes(stat) || !SILENT_NAMESPACE.test(namespace)) return false;
  return !namespace.startsWith('AWS/') || SILENT_COUNTS.test(name);
}

/** Says whether an expression uses a metric without `FILL`. `FILL(errors, 0)` has a value where `errors` has none. */
function isUsedUnfilled(expression: string, id: string): boolean {
  const rest = expression.replaceAll(new RegExp(String.raw`FILL\(\s*${id}\s*,`, 'g'), '');
  return new RegExp(String.raw`\b${id}\b`).test(rest);
}

/** Returns the known meters of an alarm's metrics. */
export function metersIn(alarm: MetricAlarm): readonly Meter[] {
  return watchedBy(alarm).metrics.flatMap((metric) => meterOf(metric) ?? []);
}

function watchedBy(alarm: MetricAlarm): Watched {
  const { Metrics = [], Namespace, MetricName, Dimensions, Statistic, ExtendedStatistic, Period } = alarm;
  if (Metrics.length > 0) return watchedByMany(Metrics, accountOf(alarm), alarm.ThresholdMetricId);
  if (Namespace === undefined || MetricName === undefined) return { metrics: [], period: Period };
  const stat = Statistic ?? ExtendedStatistic ?? '';
  const metric = { id: '', namespace: Namespace, name: MetricName, dimensions: toMap(Dimensions), stat };
  return { metrics: [metric], period: Period };
}

function accountOf({ AlarmArn = '' }: MetricAlarm): string | undefined {
  return AlarmArn.split(':')[4];
}

/**
 * Returns the metrics of an alarm with queries. Leaves out metrics of other accounts.
 * @param band id of the query for the band of an anomaly detection alarm, which returns data too
 */
function watchedByMany(
  queries: readonly MetricDataQuery[],
  account: string | undefined,
  band: string | undefined,
): Watched {
  const own = queries.filter(({ AccountId }) => AccountId === undefined || AccountId === account);
  const metrics = own.flatMap(toMetric);
  const returned = queries.find(({ Id, ReturnData }) => ReturnData !== false && Id !== band);
  const periods = queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
  const period = returned?.Period ?? (periods.length > 0 ? Math.max(...periods) : undefined);
  return { metrics, expression: returned?.Expression, period };
}

function toMetric({ Id = '', MetricStat }: MetricDataQuery): readonly WatchedMetric[] {
  const { Namespace: namespace, MetricName: name, Dimensions } = MetricStat?.Metric ?? {};
  if (namespace === undefined || name === undefined) return [];
  return [{ id: Id, namespace, name, dimensions: toMap(Dimensions), stat: MetricStat?.Stat ?? '' }];
}

function toMap(dimensions: readonly Dimension[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
}

function wordOf({ metrics, expression }: Watched): Watching['metric'] {
  if (metrics.length > 0 && metrics.every(({ name }) => name === 'UnHealthyHostCount'))
    return 'unhealthyHosts';
  const words = metrics.map((metric) => meterOf(metric)?.metric);
  if (expression === undefined || isSumOf(metrics, expression)) return commonOf(words);
  const isShare = expression.includes('/') && words.includes('errors') && words.includes('requests');
  return isShare ? 'errorRate' : undefined;
}

/** Returns the word of all metrics. Counts of errors alone make another count when they are added up. */
function commonOf([first, ...others]: readonly Watching['metric'][]): Watching['metric'] {
  return others.length === 0 || (first === 'errors' && others.every((word) => word === first))
    ? first
    : undefined;
}

/** A metric, with zero where it has no datapoint or as it is. */
const TERM = /^\s*(?:FILL\(\s*(?<filled>\w+)\s*,\s*0\s*\)|(?<plain>\w+))\s*$/;

/**
 * Says whether an expression adds up its metrics, each once. Most counts of errors need a zero where they have no
 * datapoint, and blue and green have a count each.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function isSumOf(metrics: readonly WatchedMetric[], expression: string): boolean {
  const terms = expression.split('+').map((term) => {
    const { filled, plain } = TERM.exec(term)?.groups ?? {};
    return filled ?? plain;
  });
  return terms.length === metrics.length && metrics.every(({ id }) => terms.includes(id));
}

/**
 * Returns the limit. An error rate is in percent, whether or not its expression is. Other expressions have no readable
 * limit.
 */
function limitOf(
  { Threshold, ComparisonOperator }: MetricAlarm,
  { metrics, expression }: Watched,
  metric: Watching['metric'],
): Watching['limit'] {
  const breaches = LIMITS[ComparisonOperator ?? ''];
  if (Threshold === undefined || breaches === undefined) return undefined;
  if (metric === 'errorRate') {
    const toPercent = /\b100\b/.test(expression ?? '') ? 1 : 100;
    return { threshold: Threshold * toPercent, breaches };
  }
  // Where a filled value may breach, the series of the metric has a gap.
  const isOne = expression === undefined || (metrics.length === 1 && isSumOf(metrics, expression));
  if (!isOne || (expression !== undefined && breaches === 'below')) return undefined;
  const [meter] = metrics.flatMap((one) => meterOf(one) ?? []);
  return { threshold: Threshold * (meter === undefined ? 1 : toMeterUnit(meter)), breaches };
}
