import type { Instant } from '../../rollback/request.ts';
import { secondsBetween } from '../../rollback/time.ts';
import { toInstant } from '../instant.ts';
import { nonsenseInDatapoints, type MetricSettings } from './datapoints.ts';
import { namesAlarm } from './rule.ts';
import { readQueryDate, readReasonData, readTriggeringAlarms } from './reason-data.ts';

/**
 * What an alarm watches, as far as a source names it. `series`: many time series at once, by a query of Metrics
 * Insights. `other`: a kind of alarm whose reasons AWS does not document.
 */
export type Watching =
  | { readonly of: 'metric'; readonly settings: MetricSettings }
  | { readonly of: 'series' }
  | { readonly of: 'composite'; readonly arn?: string | undefined; readonly rule?: string | undefined }
  | { readonly of: 'other' };

type Composite = Extract<Watching, { readonly of: 'composite' }>;

/** How an alarm turned, in the words of CloudWatch or of the person who set it by hand. */
export interface Turned {
  /** When it turned, and when its state was last written. */
  readonly at: readonly Instant[];
  readonly reason: string;
  readonly reasonData: string | undefined;
}

/** Recorded turns follow their query within 10 ms. */
const MAX_QUERY_AGE_SECONDS = 120;

/**
 * How CloudWatch words the turn of an alarm on many time series. Unknown: insights-alarm-set-by-hand.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
const SERIES_REASON = /^(\d+ out of \d+|\d+\+) time series evaluated to ALARM|^No time series were returned/;

/**
 * Returns the sign that an alarm was set by hand (SetAlarmState), or null. A caller of SetAlarmState writes reason and
 * data freely, so the data are compared with the time of the turn and with the settings of the alarm. Data that fit
 * both cannot be told from CloudWatch's own.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export function signOfForgery(watching: Watching, turned: Turned): string | null {
  const nonsense = nonsenseIn(watching, turned);
  return nonsense === null ? null : `${nonsense}, as when an alarm is set by hand`;
}

function nonsenseIn(watching: Watching, turned: Turned): string | null {
  const { reason, reasonData } = turned;
  switch (watching.of) {
    case 'metric': {
      const data = readReasonData(reasonData);
      if (data === null) return 'CloudWatch names no datapoints that turned it';
      return (
        nonsenseInDate(toInstant(data.queryDate), turned) ?? nonsenseInDatapoints(data, watching.settings)
      );
    }
    case 'series': {
      const asked = readQueryDate(reasonData);
      if (asked !== null) return nonsenseInDate(asked, turned);
      return SERIES_REASON.test(reason) ? null : 'its reason is not one that CloudWatch writes';
    }
    case 'composite':
      return nonsenseInChildren(watching, reasonData);
    case 'other':
      return null;
  }
}

/** CloudWatch asks for the data, and then turns the alarm. Data of another turn have another date. */
function nonsenseInDate(asked: Instant | null, { at }: Turned): string | null {
  const fits =
    asked !== null && at.some((instant) => Math.abs(secondsBetween(asked, instant)) <= MAX_QUERY_AGE_SECONDS);
  return fits ? null : 'its datapoints were read at another time than when it turned';
}

/** A composite alarm names the alarms that turned it, and its rule names them too. */
function nonsenseInChildren({ arn, rule }: Composite, reasonData: string | undefined): string | null {
  const turnedBy = readTriggeringAlarms(reasonData);
  const isConstant = rule?.includes('(') === false;
  if (turnedBy === null || (turnedBy.length === 0 && !isConstant))
    return 'CloudWatch names no alarms that turned it';
  const strange = turnedBy.find((child) => rule !== undefined && !isIn(rule, child, arn));
  return strange === undefined ? null : 'its rule does not name the alarm that is said to have turned it';
}

/**
 * Says whether a rule names an alarm: by its ARN, or by its name if it lies beside the composite alarm. A name with
 * quotes may be escaped in the rule, and counts as named.
 */
function isIn(rule: string, child: string, composite: string | undefined): boolean {
  const [place, name] = splitArn(child);
  if (name === '') return false;
  if (/["'\\]/.test(name)) return true;
  const isBeside = composite === undefined || splitArn(composite)[0] === place;
  return namesAlarm(rule, child) || (isBeside && namesAlarm(rule, name));
}

/** Returns the part of an alarm's ARN up to its name, and the name. */
function splitArn(arn: string): readonly [place: string, name: string] {
  const [, place = '', name = ''] = /^(arn:[^:]*:cloudwatch:[^:]*:\d*:alarm:)(.+)$/s.exec(arn) ?? [];
  return [place, name];
}
