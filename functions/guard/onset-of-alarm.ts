import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Onset } from '../../src/rollback/onset.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';
import { firstBreach } from '../../src/targets/alarms/first-breach.ts';

/** CloudWatch evaluates a period some time after its end. */
const LAG_SECONDS = 60;

const DEFAULT_PERIOD_SECONDS = 60;

/**
 * Returns the onset of an alarm that turned then. Its first breaching datapoint shows it. Without datapoints, as for
 * missing data, it is the range that its settings allow.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function onsetOfAlarm(alarm: MetricAlarm, turnedAt: Instant): Onset {
  return firstBreach(alarm.StateReasonData, alarm.StateReason) ?? rangeOf(alarm, turnedAt);
}

function rangeOf({ EvaluationPeriods = 1, ...alarm }: MetricAlarm, turnedAt: Instant): Onset {
  const seconds = periodOf(alarm) * EvaluationPeriods + LAG_SECONDS;
  return { at: after(turnedAt, -seconds), until: turnedAt, estimated: true };
}

/** Returns the period of an alarm, of metric math the longest. */
function periodOf({ Period, Metrics = [] }: MetricAlarm): number {
  const periods = Metrics.flatMap((query) => query.MetricStat?.Period ?? query.Period ?? []);
  return Math.max(Period ?? 0, ...periods) || DEFAULT_PERIOD_SECONDS;
}
