import type { Instant } from '../../rollback/request.ts';
import { secondsBetween } from '../../rollback/time.ts';
import { toInstant } from '../instant.ts';
import type { ReasonData } from './reason-data.ts';

/** How a metric alarm is set. Absent: the source does not say. */
export interface MetricSettings {
  readonly threshold?: number | undefined;
  /** `ComparisonOperator` of CloudWatch. */
  readonly comparison?: string | undefined;
  readonly evaluationPeriods?: number | undefined;
  readonly datapointsToAlarm?: number | undefined;
  /** `TreatMissingData` of CloudWatch. */
  readonly missing?: string | undefined;
  readonly periodSeconds?: number | undefined;
  /** Only of an alarm on one metric. */
  readonly statistic?: string | undefined;
  /** The alarm watches one metric, whose missing datapoints CloudWatch lists too. */
  readonly isSingle?: true;
}

/** The statistics that CloudWatch names in the data. Unknown: percentile-in-reason-data. */
const STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];

/** Periods beyond the evaluated ones in which CloudWatch looks for data, more than AWS's pages name. */
const EXTRA_PERIODS = 20;

/** Metrics may arrive late. */
const MAX_DELAY_SECONDS = 3600;

/** Returns what makes no sense in the data of a metric alarm, or null. */
export function nonsenseInDatapoints(data: ReasonData, settings: MetricSettings): string | null {
  return (
    nonsenseInSettings(data, settings) ?? nonsenseInTimes(data, settings) ?? nonsenseInValues(data, settings)
  );
}

function nonsenseInSettings(data: ReasonData, settings: MetricSettings): string | null {
  const { periodSeconds, statistic, threshold } = settings;
  if (periodSeconds !== undefined && data.period !== periodSeconds)
    return `its datapoints are of ${data.period} seconds, and the alarm's of ${periodSeconds}`;
  if (data.statistic !== undefined && statistic !== undefined && isOther(data.statistic, statistic))
    return `its datapoints are another statistic than the alarm's ${statistic}`;
  if (threshold !== undefined && data.threshold !== threshold)
    return `its threshold is ${data.threshold ?? 'missing'}, and the alarm's is ${threshold}`;
  return null;
}

function isOther(claimed: string, statistic: string): boolean {
  return STATISTICS.includes(claimed) && STATISTICS.includes(statistic) && claimed !== statistic;
}

function nonsenseInTimes(data: ReasonData, { evaluationPeriods = 0 }: MetricSettings): string | null {
  const asked = toInstant(data.queryDate) ?? '';
  const times = [...(data.evaluatedDatapoints ?? []).map(({ timestamp }) => timestamp), data.startDate];
  const ages = times.flatMap((time) => ageOf(time, asked));
  const limit = 2 * (evaluationPeriods + EXTRA_PERIODS) * data.period + MAX_DELAY_SECONDS;
  if (ages.some((age) => age < 0)) return 'its datapoints lie in the future';
  if (evaluationPeriods > 0 && ages.some((age) => age > limit)) return 'its datapoints are too old';
  return null;
}

function ageOf(time: string | undefined, asked: Instant): readonly number[] {
  const at = toInstant(time ?? '');
  return at === null ? [] : [secondsBetween(at, asked)];
}

/** Returns why these values cannot have turned the alarm, or null. */
function nonsenseInValues(data: ReasonData, settings: MetricSettings): string | null {
  const { evaluatedDatapoints = [], recentDatapoints = [] } = data;
  const values = valuesIn(data);
  if (differs(data)) return 'its two lists of datapoints differ';
  if (values.length > 0) return nonsenseInBreaches(data, settings, values.length);
  if (settings.isSingle === true && evaluatedDatapoints.length === 0 && recentDatapoints.length === 0)
    return 'CloudWatch names no datapoints that turned it';
  const { missing } = settings;
  if (missing === undefined || missing === 'breaching') return null;
  return 'it has no datapoints, and missing data do not turn the alarm';
}

/** Returns the values; the longer list is the complete one. */
function valuesIn(data: ReasonData): readonly number[] {
  const [recent, evaluated] = listsIn(data);
  return recent.length >= evaluated.length ? recent : evaluated;
}

function listsIn({ evaluatedDatapoints = [], recentDatapoints = [] }: ReasonData) {
  return [recentDatapoints, evaluatedDatapoints.flatMap(({ value }) => value ?? [])] as const;
}

/** Says whether the shorter list has values that the longer one lacks. CloudWatch may cut one of them short. */
function differs(data: ReasonData): boolean {
  const [shorter = [], longer = []] = listsIn(data).toSorted((one, other) => one.length - other.length);
  const left = [...longer];
  return shorter.some((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * Counts the values that breach. M of N must breach. Of missing values CloudWatch may count any, if they count as
 * breaching. Otherwise fewer than M may turn the alarm only where fewer than N have a value.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
function nonsenseInBreaches(data: ReasonData, settings: MetricSettings, count: number): string | null {
  const { comparison, evaluationPeriods: n, datapointsToAlarm: m = n, missing } = settings;
  if (comparison === undefined || n === undefined || m === undefined) return null;
  const breaching = breachingIn(data, comparison);
  if (breaching === null) return null;
  const absent = Math.max(0, n - count);
  const needed = missing === 'breaching' ? m - absent : absent > 0 ? 1 : m;
  if (breaching >= needed) return null;
  return `${breaching} of its ${count} datapoints breach, and the alarm needs ${m}`;
}

const BREACHES: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  GreaterThanThreshold: (value, limit) => value > limit,
  GreaterThanOrEqualToThreshold: (value, limit) => value >= limit,
  LessThanThreshold: (value, limit) => value < limit,
  LessThanOrEqualToThreshold: (value, limit) => value <= limit,
};

/** The comparisons with a band, which has two limits for each value. */
const LEAVES: Readonly<Record<string, (value: number, lower: number, upper: number) => boolean>> = {
  LessThanLowerThreshold: (value, lower) => value < lower,
  GreaterThanUpperThreshold: (value, _, upper) => value > upper,
  LessThanLowerOrGreaterThanUpperThreshold: (value, lower, upper) => value < lower || value > upper,
};

/** Null: the comparison is unknown. */
function breachingIn(data: ReasonData, comparison: string): number | null {
  const [breaches, leaves] = [BREACHES[comparison], LEAVES[comparison]];
  const { threshold = Number.NaN, recentDatapoints = [] } = data;
  const { recentLowerThresholds: lower = [], recentUpperThresholds: upper = [] } = data;
  if (breaches !== undefined) return valuesIn(data).filter((value) => breaches(value, threshold)).length;
  if (leaves === undefined) return null;
  const isOut = (value: number, at: number) =>
    leaves(value, lower[at] ?? Number.NaN, upper[at] ?? Number.NaN);
  return recentDatapoints.filter(isOut).length;
}
