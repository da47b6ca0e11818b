import { asRecord, parseJson } from '../../rollback/json.ts';

/** A metric, or an expression over metrics, that a metric alarm watches. */
export interface Watched {
  readonly expression?: string | undefined;
}

/**
 * Returns the sign that an alarm was set by hand (SetAlarmState), or null. CloudWatch lists the datapoints that turned
 * a single-metric alarm, one per period, missing ones too; `recentDatapoints` is their older form. CloudWatch never
 * writes an empty list. Alarms over expressions or over other alarms do not always have datapoints, so this returns
 * null for them. It does not detect plausible datapoints that a person wrote into StateReasonData.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 * Unknown: state-reason-data.
 */
export function signOfForgery(watched: readonly Watched[], reasonData: string | undefined): string | null {
  const [metric] = watched;
  if (watched.length !== 1 || metric === undefined || metric.expression !== undefined) return null;
  const { evaluatedDatapoints, recentDatapoints } = asRecord(parseJson(reasonData)) ?? {};
  if (holds(evaluatedDatapoints, isDatapoint) || holds(recentDatapoints, isNumber)) return null;
  return 'CloudWatch names no datapoints that turned it, as when an alarm is set by hand';
}

function holds(list: unknown, isOne: (element: unknown) => boolean): boolean {
  return Array.isArray(list) && list.some(isOne);
}

function isDatapoint(element: unknown): boolean {
  return asRecord(element) !== null;
}

function isNumber(element: unknown): boolean {
  return typeof element === 'number';
}
