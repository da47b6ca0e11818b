import { isMetricAlarm, type AnyAlarm } from '../../src/aws/alarms.ts';
import { watchedIn } from '../../src/aws/watched.ts';
import type { Child } from '../../src/rollback/facts.ts';
import { firstBreach } from '../../src/targets/alarms/first-breach.ts';
import { needsNotRed } from '../../src/targets/alarms/rule.ts';
import type { RedAlarms } from './red-alarms.ts';
import { MAX_DEPTH, redIn } from './set-by-hand.ts';

/**
 * Returns the red alarms below a composite alarm that watch something: those in its rule, and in the rules of composite
 * alarms in it. Their datapoints show the harm, because the composite alarm has none. Reads nothing: all red alarms are known.
 * Unknown: log-alarm-reason-data.
 */
export function childrenOf(alarm: AnyAlarm, red: Pick<RedAlarms, 'all'>, depth = 0): readonly Child[] {
  if (depth >= MAX_DEPTH) return [];
  const rule = 'AlarmRule' in alarm ? (alarm.AlarmRule ?? '') : '';
  return redIn(alarm, red)
    .filter(
      ({ AlarmName = '', AlarmArn = '' }) => ![AlarmName, AlarmArn].some((one) => needsNotRed(rule, one)),
    )
    .flatMap((child) => ('AlarmRule' in child ? childrenOf(child, red, depth + 1) : toChild(child)));
}

function toChild(child: AnyAlarm): readonly Child[] {
  const { AlarmName: alarm, StateTransitionedTimestamp: at, StateReason, StateReasonData } = child;
  if (alarm === undefined || at === undefined) return [];
  const onset = firstBreach(StateReasonData, StateReason);
  const watching = isMetricAlarm(child) && watchedIn(child);
  return [{ alarm, at: at.toISOString(), ...(onset !== null && { onset }), ...(watching && { watching }) }];
}
