import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { isMetricAlarm, type AnyAlarm } from '../../src/aws/alarms.ts';
import { signOfForgery } from '../../src/targets/alarms/forgery.ts';
import { namesAlarm, neededBy } from '../../src/targets/alarms/rule.ts';
import { turnedIn, watchingIn } from '../../src/targets/alarms/watching.ts';
import type { RedAlarms } from './red-alarms.ts';

/** How deep composite alarms over composite alarms are followed. */
export const MAX_DEPTH = 5;

/**
 * Returns the sign that a red alarm was set by hand, or null. Compares its datapoints with its settings. A composite
 * alarm is as genuine as the red alarms in its rule: one of them set by hand turns it, and AWS writes the turn.
 */
export function signOfHand(alarm: AnyAlarm, red: RedAlarms, depth = 0): string | null {
  if (!isKnown(alarm)) return null;
  const own = signOfForgery(watchingIn(alarm), turnedIn(alarm));
  if (own !== null || !('AlarmRule' in alarm) || depth >= MAX_DEPTH) return own;
  const rule = alarm.AlarmRule ?? '';
  const children = redIn(alarm, red);
  for (const child of children) {
    const sign = signOfHand(child, red, depth + 1);
    if (sign !== null) return `of ${child.AlarmName ?? 'an alarm in its rule'}, ${sign}`;
  }
  return red.isComplete ? signInRule(rule, children) : null;
}

/** Returns the red alarms that the rule of a composite alarm names. */
export function redIn(alarm: AnyAlarm, { all }: Pick<RedAlarms, 'all'>): readonly AnyAlarm[] {
  const rule = 'AlarmRule' in alarm ? (alarm.AlarmRule ?? '') : '';
  return rule === '' ? [] : all.filter((one) => one !== alarm && isIn(rule, one));
}

/** Compares the red alarms that a rule names with those that it needs. All alarms were read at one moment. */
function signInRule(rule: string, children: readonly AnyAlarm[]): string | null {
  if (children.length === 0 && needsRed(rule))
    return 'no alarm that its rule needs is in ALARM, as when an alarm is set by hand';
  const needed = neededBy(rule) ?? [];
  return needed.every((name) => children.some(({ AlarmName }) => AlarmName === name))
    ? null
    : 'not every alarm that its rule needs is in ALARM, as when an alarm is set by hand';
}

/** Unknown: log-alarm-reason-data. */
function isKnown(alarm: AnyAlarm): alarm is MetricAlarm | CompositeAlarm {
  return 'AlarmRule' in alarm || isMetricAlarm(alarm);
}

/** Says whether a rule holds only while one of its alarms of this account is in ALARM, and no name in it is escaped. */
function needsRed(rule: string): boolean {
  return (
    /^[^:\\]*$/.test(rule) &&
    rule.includes('ALARM(') &&
    !/\b(NOT|OK|INSUFFICIENT_DATA|TRUE|AT_LEAST)\b/.test(rule)
  );
}

function isIn(rule: string, { AlarmName = '', AlarmArn = '' }: AnyAlarm): boolean {
  return namesAlarm(rule, AlarmName) || namesAlarm(rule, AlarmArn);
}
