import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { watchedIn } from '../../src/aws/watched.ts';
import { onsetBefore, type Onset } from '../../src/rollback/onset.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { firstBreach } from '../../src/targets/alarms/first-breach.ts';

/**
 * Returns the onset of an alarm that turned then. Its first breaching datapoint shows it. Without datapoints, as for
 * missing data, it is the range that its settings allow.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function onsetOfAlarm(alarm: MetricAlarm, turnedAt: Instant): Onset {
  const { periodSeconds, evaluationPeriods } = watchedIn(alarm);
  return (
    firstBreach(alarm.StateReasonData, alarm.StateReason) ??
    onsetBefore(turnedAt, periodSeconds, evaluationPeriods)
  );
}
