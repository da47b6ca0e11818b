import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { remembered } from '../remembered.ts';
import { AwsError } from '../service.ts';
import { bandsFor } from './anomaly.ts';
import { COMPARISONS, type Limits } from './comparison.ts';
import { EXTRA_PERIODS, stateOf, type Rules, type StateValue } from './evaluation.ts';
import { metricOf, periodOf, runQueries, type Window } from './queries.ts';
import type { MetricName, MetricStore } from './series.ts';
import type { Point } from './statistics.ts';

/** One period of the evaluation range. */
export interface Slot {
  readonly at: number;
  readonly point?: Point | undefined;
  readonly limits?: Limits | undefined;
}

/** The result of one evaluation of a metric alarm, with the new state; null if the state stays. */
export interface Verdict {
  readonly state: StateValue | null;
  /** The evaluated datapoints, newest first. All are missing if there was no data. */
  readonly evaluated: readonly Slot[];
  /** Number of missing datapoints that were filled in. */
  readonly filled: number;
  readonly breaching: number;
}

const MINUTE = 60_000;

interface Watched {
  readonly queries: readonly MetricDataQuery[];
  readonly query: MetricDataQuery;
}

/** Returns the alarm's watched query: the one that returns data and is not the band. */
export const watched = remembered((settings: PutMetricAlarmInput): Watched => {
  const queries = settings.Metrics ?? [singleQuery(settings)];
  const query = queries.find(
    ({ Id, ReturnData }) => ReturnData !== false && Id !== settings.ThresholdMetricId,
  );
  if (query === undefined) throw new AwsError('ValidationError', 'One metric must return data');
  return { queries, query };
});

function singleQuery(settings: PutMetricAlarmInput): MetricDataQuery {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = settings;
  return {
    Id: 'm1',
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions },
      Period: Period ?? 60,
      Stat: Statistic ?? ExtendedStatistic ?? 'Average',
      ...(Unit === undefined ? {} : { Unit }),
    },
  };
}

/** Returns the period in seconds. */
export function alarmPeriod(settings: PutMetricAlarmInput): number {
  const { queries, query } = watched(settings);
  return periodOf(queries, query);
}

/**
 * Evaluates a metric alarm at `now`. Periods of a minute and more end at the last full minute, whatever their length: a
 * five-minute period evaluated at minute 6 covers minutes 2 to 6. Shorter ones end at the last full period.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluateAlarm(store: MetricStore, settings: PutMetricAlarmInput, now: number): Verdict {
  const range = rangeOf(settings);
  const { period, rules } = range;
  const needed = rules.evaluationPeriods;
  const slots = slotsOf(store, settings, windowIn(range, now), period);
  const breaches = (slot: Slot): boolean | null => breaching(settings, slot);
  const state = stateOf(slots.map(breaches), rules);
  const real = slots.filter((slot) => breaches(slot) !== null).slice(-needed);
  return {
    state,
    evaluated: (real.length > 0 ? real : slots).toReversed(),
    filled: needed - real.length,
    breaching: real.filter((slot) => breaches(slot)).length,
  };
}

/**
 * Returns whether an alarm in this state stays in it, because none of its metrics has data at `now`. It computes
 * nothing, and most evaluations are such.
 */
export function isIdle(
  store: MetricStore,
  settings: PutMetricAlarmInput,
  state: StateValue,
  now: number,
): boolean {
  const range = rangeOf(settings);
  const { from } = windowIn(range, now);
  return (
    range.metrics !== null &&
    (range.withoutData ?? state) === state &&
    range.metrics.every((metric) => store.isSilent(metric, from))
  );
}

/** What an alarm reads at each evaluation. */
interface Range {
  /** Milliseconds. */
  readonly period: number;
  readonly rules: Rules;
  /** Null with an expression, which may have values where its metrics have none. */
  readonly metrics: readonly MetricName[] | null;
  /** The state if there are no data; null if it stays. */
  readonly withoutData: StateValue | null;
}

const rangeOf = remembered((settings: PutMetricAlarmInput): Range => {
  const { queries, query } = watched(settings);
  const { EvaluationPeriods: evaluationPeriods = 1 } = settings;
  const { DatapointsToAlarm: datapointsToAlarm = evaluationPeriods } = settings;
  const rules = { evaluationPeriods, datapointsToAlarm, missing: missingOf(settings) };
  return {
    period: periodOf(queries, query) * 1000,
    rules,
    metrics: queries.every(({ MetricStat }) => MetricStat !== undefined) ? queries.map(metricOf) : null,
    withoutData: stateOf([], rules),
  };
});

function windowIn({ period, rules }: Range, now: number): Window {
  const to = now - (now % Math.min(period, MINUTE));
  return { from: to - (rules.evaluationPeriods + EXTRA_PERIODS) * period, to, now };
}

function slotsOf(
  store: MetricStore,
  settings: PutMetricAlarmInput,
  window: Window,
  period: number,
): readonly Slot[] {
  const { queries, query } = watched(settings);
  const found = new Map(
    runQueries(store, queries, window)
      .points(query.Id ?? '')
      .map((point) => [point.at, point]),
  );
  const limits = limitsFor(store, settings, window);
  const slots: Slot[] = [];
  for (let at = window.from; at < window.to; at += period)
    slots.push({ at, point: found.get(at), limits: limits(at) });
  return slots;
}

function limitsFor(
  store: MetricStore,
  settings: PutMetricAlarmInput,
  window: Window,
): (at: number) => Limits | undefined {
  if (settings.ThresholdMetricId !== undefined) return bandsFor(store, settings, window);
  const { Threshold = 0 } = settings;
  return () => ({ lower: Threshold, upper: Threshold });
}

/** Returns whether a datapoint breaches; null without data or without a limit. */
function breaching(settings: PutMetricAlarmInput, { point, limits }: Slot): boolean | null {
  if (point === undefined || limits === undefined) return null;
  return COMPARISONS[settings.ComparisonOperator ?? 'GreaterThanThreshold'].breaches(point.value, limits);
}

export function missingOf({
  TreatMissingData,
}: PutMetricAlarmInput): 'missing' | 'ignore' | 'breaching' | 'notBreaching' {
  return TreatMissingData === 'ignore' ||
    TreatMissingData === 'breaching' ||
    TreatMissingData === 'notBreaching'
    ? TreatMissingData
    : 'missing';
}
