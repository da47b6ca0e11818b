import { asRecord, parseJson } from '../../rollback/json.ts';

/** What a metric alarm watches: a metric, or an expression over metrics. */
export interface Watched {
  readonly expression?: string | undefined;
}

/**
 * Why an alarm looks as if somebody had set it by hand (SetAlarmState), or null. CloudWatch gives the datapoints that
 * turned a single-metric alarm, one for each period, missing ones too; `recentDatapoints` is their older form. An empty
 * list is none of CloudWatch's. Alarms over expressions or over other alarms do not always come with datapoints, so
 * nothing can be said of those. Who writes plausible datapoints into StateReasonData is not recognised.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
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
