import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { stamp } from './alarms.ts';
import { COMPARISONS } from './comparison.ts';
import { alarmPeriod, missingOf, watched, type Slot, type Verdict } from './verdict.ts';

/**
 * Returns the state reason of a metric alarm, in CloudWatch's own wording, which people and tools parse. Examples:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function reasonOf(settings: PutMetricAlarmInput, verdict: Verdict): string {
  const real = verdict.evaluated.filter(({ point }) => point !== undefined);
  if (verdict.state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${plural(verdict.evaluated.length, 'datapoint was', 'datapoints were')} unknown.`;
  if (real.length === 0) return noData(settings, verdict);
  return crossed(settings, verdict, real);
}

function noData(settings: PutMetricAlarmInput, { filled }: Verdict): string {
  const treated = missingOf(settings) === 'breaching' ? 'Breaching' : 'NonBreaching';
  const missing = plural(filled, 'missing datapoint was', 'missing datapoints were');
  return `Threshold Crossed: no datapoints were received for ${plural(filled, 'period', 'periods')} and ${missing} treated as [${treated}].`;
}

function crossed(
  settings: PutMetricAlarmInput,
  { state, breaching }: Verdict,
  real: readonly Slot[],
): string {
  const alarming = state === 'ALARM';
  const count = alarming ? breaching : real.length - breaching;
  const listed = real.map(({ point, at }) => `${decimal(point?.value ?? 0)} (${dayAndTime(at)})`).join(', ');
  const verb = `${real.length === 1 ? 'was' : 'were'}${alarming ? '' : ' not'}`;
  const needed = settings.EvaluationPeriods ?? 1;
  const enough = settings.DatapointsToAlarm ?? needed;
  const minimum = plural(alarming ? enough : needed - enough + 1, 'datapoint', 'datapoints');
  const turn = alarming ? 'OK -> ALARM' : 'ALARM -> OK';
  return (
    `Threshold${settings.ThresholdMetricId === undefined ? '' : 's'} Crossed: ${count} out of the last ` +
    `${real.length} datapoints [${listed}] ${verb} ${limitWords(settings, real)} (minimum ${minimum} for ${turn} transition).`
  );
}

function limitWords(settings: PutMetricAlarmInput, real: readonly Slot[]): string {
  const { words } = COMPARISONS[settings.ComparisonOperator ?? 'GreaterThanThreshold'];
  if (settings.ThresholdMetricId === undefined)
    return `${words} the threshold (${decimal(settings.Threshold ?? 0)})`;
  const lower = real.map(({ limits }) => limits?.lower).join(', ');
  const upper = real.map(({ limits }) => limits?.upper).join(', ');
  return `less than the lower thresholds [${lower}] or greater than the upper thresholds [${upper}]`;
}

/** Returns `state.reasonData`: the reason as data, for programs. */
export function reasonDataOf(
  settings: PutMetricAlarmInput,
  { evaluated }: Verdict,
  queriedAt: number,
): string {
  const real = evaluated.filter(({ point }) => point !== undefined);
  const stat = watched(settings).query.MetricStat?.Stat;
  const oldest = real.at(-1);
  return JSON.stringify({
    version: '1.0',
    queryDate: stamp(queriedAt),
    ...(oldest === undefined ? {} : { startDate: stamp(oldest.at) }),
    ...(settings.Unit === undefined ? {} : { unit: settings.Unit }),
    ...(stat === undefined ? {} : { statistic: stat }),
    period: alarmPeriod(settings),
    recentDatapoints: real.map(({ point }) => point?.value).toReversed(),
    ...(settings.ThresholdMetricId === undefined ? { threshold: settings.Threshold } : bands(real)),
    evaluatedDatapoints: evaluated.map(({ at, point }) => ({
      timestamp: stamp(at),
      ...(point === undefined ? {} : { sampleCount: point.sampleCount, value: point.value }),
    })),
  });
}

function bands(real: readonly Slot[]) {
  return {
    recentLowerThresholds: real.map(({ limits }) => limits?.lower).toReversed(),
    recentUpperThresholds: real.map(({ limits }) => limits?.upper).toReversed(),
  };
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Formats a number as CloudWatch does: always with a fraction. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** Formats an instant as `02/10/19 16:59:00`. */
function dayAndTime(at: number): string {
  const [year = '', month = '', day = '', time = ''] = new Date(at).toISOString().split(/[-T.]/);
  return `${day}/${month}/${year.slice(2)} ${time}`;
}
