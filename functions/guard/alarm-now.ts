import { isMetricAlarm, type AnyAlarm } from '../../src/aws/alarms.ts';
import { onlyScales } from '../../src/aws/scaling-alarms.ts';
import { watchedIn } from '../../src/aws/watched.ts';
import { watchedByChildren } from '../../src/rollback/children.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { AlarmNow, Found, StateChange } from '../../src/rollback/facts.ts';
import type { AlarmTrigger } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';
import { childrenOf } from './children.ts';
import type { RedAlarms } from './red-alarms.ts';
import { redIn, signOfHand } from './set-by-hand.ts';

/**
 * Finds the triggering alarm among the red alarms. If it is not red any more, its history says its state, and whether
 * its actions are enabled is unknown.
 */
export function alarmAmong(
  red: Found<RedAlarms>,
  history: Found<readonly StateChange[]>,
  trigger: AlarmTrigger,
  { execution = '' }: Pick<Judgeable, 'execution'>,
): Found<AlarmNow> {
  if (isElsewhere(trigger, execution)) return unknown('it is an alarm of another account or Region');
  if (!red.known) return red;
  const found = red.is.all.find(({ AlarmName }) => AlarmName === trigger.alarm);
  if (found !== undefined) return { known: true, is: describe(found, red.is, trigger) };
  if (!red.is.isComplete) return unknown(`more than ${red.is.all.length} alarms are red`);
  if (!history.known) return history;
  const state = newestOf(history.is)?.to;
  if (state === undefined || state === 'ALARM')
    return unknown('it is not among the red alarms, and its history names no other state');
  return { known: true, is: { state } };
}

// Unknown: alarm-no-longer-red.
function describe(alarm: AnyAlarm, red: RedAlarms, { at }: AlarmTrigger): AlarmNow {
  const { ActionsEnabled, StateTransitionedTimestamp: since } = alarm;
  const setByHand = signOfHand(alarm, red);
  const changedAt = changeOf(alarm, red);
  const common = {
    state: 'ALARM',
    ...(since !== undefined && { since: since.toISOString() }),
    ...(changedAt !== undefined && { changedAt: changedAt.toISOString() }),
    ...(ActionsEnabled !== undefined && { actionsEnabled: ActionsEnabled }),
    ...(onlyScales(alarm) && { onlyScales: true as const }),
    ...(setByHand !== null && { setByHand }),
  } as const;
  const children = childrenOf(alarm, red);
  if (children.length > 0) return { ...common, ...watchedByChildren(children, at), children };
  return isMetricAlarm(alarm) ? { ...common, ...watchedIn(alarm) } : common;
}

/** Returns the last change of an alarm, or of a red alarm in its rule, which shows the harm to it. Unknown: alarm-put-unchanged. */
function changeOf(alarm: AnyAlarm, red: RedAlarms): Date | undefined {
  const changes = [alarm, ...redIn(alarm, red)].flatMap(
    (one) => one.AlarmConfigurationUpdatedTimestamp ?? [],
  );
  return changes.toSorted((one, other) => other.getTime() - one.getTime())[0];
}

function newestOf(changes: readonly StateChange[]): StateChange | undefined {
  return changes.toSorted((one, other) => (isAfter(one.at, other.at) ? -1 : 1))[0];
}

/**
 * Compares Region and account of `arn:aws:cloudwatch:REGION:ACCOUNT:…` and `arn:aws:states:REGION:ACCOUNT:…`. A text
 * that is no ARN counts as the same.
 */
function isElsewhere({ arn }: AlarmTrigger, execution: string): boolean {
  const [alarm, own] = [arn ?? '', execution].map((text) => text.split(':').slice(3, 5).join(':'));
  return alarm !== '' && own !== '' && alarm !== own;
}

function unknown(why: string): Found<never> {
  return { known: false, why };
}
