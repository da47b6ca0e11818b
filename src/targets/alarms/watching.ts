import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { isAfter } from '../../rollback/time.ts';
import type { MetricSettings } from './datapoints.ts';
import type { Turned, Watching } from './forgery.ts';
import { readQueryDate } from './reason-data.ts';

/** A metric, or an expression over metrics, that a metric alarm watches. */
export interface Query {
  readonly expression?: string | undefined;
  readonly periodSeconds?: number | undefined;
  readonly statistic?: string | undefined;
}

/** Returns what an alarm with these queries watches. No queries: the source does not name them. */
export function watchingOf(queries: readonly Query[], settings: MetricSettings = {}): Watching {
  if (queries.length === 0) return { of: 'other' };
  const expressions = queries.flatMap(({ expression }) => expression ?? []);
  if (expressions.some((expression) => /^\s*SELECT\s/i.test(expression))) return { of: 'series' };
  const periods = new Set(queries.flatMap(({ periodSeconds }) => periodSeconds ?? []));
  const [periodSeconds] = periods.size === 1 ? periods : [];
  const [only] = queries.length === 1 && expressions.length === 0 ? queries : [];
  return {
    of: 'metric',
    settings: {
      ...settings,
      periodSeconds,
      statistic: only?.statistic,
      ...(only !== undefined && { isSingle: true as const }),
    },
  };
}

/**
 * Returns what an alarm watches, as DescribeAlarms shows it. Settings that were changed after CloudWatch read the data
 * of the turn are left out, because the turn followed the settings before.
 */
export function watchingIn(alarm: MetricAlarm | CompositeAlarm): Watching {
  if ('AlarmRule' in alarm)
    return { of: 'composite', arn: alarm.AlarmArn, rule: isChanged(alarm) ? undefined : alarm.AlarmRule };
  const queries = queriesOf(alarm);
  return isChanged(alarm)
    ? watchingOf(queries.map(({ expression }) => ({ expression })))
    : watchingOf(queries, settingsOf(alarm));
}

/** Returns how an alarm turned, as DescribeAlarms shows it. */
export function turnedIn(alarm: MetricAlarm | CompositeAlarm): Turned {
  const { StateTransitionedTimestamp, StateUpdatedTimestamp, StateReason = '', StateReasonData } = alarm;
  const at = [StateTransitionedTimestamp, StateUpdatedTimestamp].flatMap((time) => time?.toISOString() ?? []);
  return { at, reason: StateReason, reasonData: StateReasonData };
}

function isChanged(alarm: MetricAlarm | CompositeAlarm): boolean {
  const { StateTransitionedTimestamp: turned, AlarmConfigurationUpdatedTimestamp: changed } = alarm;
  if (turned === undefined || changed === undefined) return false;
  const read = readQueryDate(alarm.StateReasonData) ?? turned.toISOString();
  return changed > turned || isAfter(changed.toISOString(), read);
}

function queriesOf({ Metrics = [], MetricName, Period, Statistic }: MetricAlarm): readonly Query[] {
  if (Metrics.length === 0)
    return MetricName === undefined ? [] : [{ periodSeconds: Period, statistic: Statistic }];
  return Metrics.map(({ Expression: expression, MetricStat, Period: ofExpression }) => ({
    expression,
    periodSeconds: MetricStat?.Period ?? ofExpression,
    statistic: MetricStat?.Stat,
  }));
}

function settingsOf(alarm: MetricAlarm): MetricSettings {
  const { Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
  return {
    threshold: Threshold,
    comparison: ComparisonOperator,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    missing: TreatMissingData ?? 'missing',
  };
}
