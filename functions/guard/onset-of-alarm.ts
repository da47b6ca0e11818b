import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { onsetBefore, type Onset } from '../../src/rollback/onset.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { firstBreach } from '../../src/targets/alarms/first-breach.ts';

/**
 * Returns the onset of an alarm that turned then. Its first breaching datapoint shows it. Without datapoints, as for
 * missing data, it is the range that its settings allow.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function onsetOfAlarm(alarm: MetricAlarm, turnedAt: Instant): Onset {
  const { StateReasonData, StateReason, EvaluationPeriods } = alarm;
  return (
    firstBreach(StateReasonData, StateReason) ?? onsetBefore(turnedAt, periodOf(alarm), EvaluationPeriods)
  );
}

/** Returns the period of an alarm, of metric math the longest. */
function periodOf({ Period, Metrics = [] }: MetricAlarm): number | undefined {
  const periods = Metrics.flatMap((query) => query.MetricStat?.Period ?? query.Period ?? []);
  return Math.max(Period ?? 0, ...periods) || undefined;
}
