import { isMetricAlarm, type AnyAlarm } from './alarms.ts';
import { watchedIn } from './watched.ts';

/** CloudWatch shows and evaluates a datapoint so long after its end. Unknown: partial-minute. */
const EVALUATED_WITHIN_SECONDS = 120;

/** How long a metric alarm looks back, in seconds. */
export interface AlarmRange {
  /** The periods that it evaluates, with the lag of their datapoints. */
  readonly seconds: number;
  readonly periodSeconds: number;
}

/**
 * Returns the range of a metric alarm. Null: it is composite or watches logs, or CloudWatch does not say. The children of
 * a composite alarm are not read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function alarmRange(alarm: AnyAlarm): AlarmRange | null {
  if (!isMetricAlarm(alarm)) return null;
  const { periodSeconds, evaluationPeriods } = watchedIn(alarm);
  if (periodSeconds === undefined || evaluationPeriods === undefined) return null;
  return { seconds: evaluationPeriods * periodSeconds + EVALUATED_WITHIN_SECONDS, periodSeconds };
}
