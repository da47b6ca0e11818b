import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmsNamed } from '../../../src/aws/alarms.ts';

/** State of an alarm: OK, ALARM or INSUFFICIENT_DATA; absent from the map: it does not exist. */
export type AlarmStates = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Reads the states of a few alarms with one call. An environment has at most five monitors. */
export function createAlarmStates(client: Pick<CloudWatchClient, 'send'>): AlarmStates {
  return async (names) => {
    if (names.length === 0) return new Map();
    const found = await alarmsNamed(client, names);
    return new Map(found.map(({ AlarmName = '', StateValue = '' }) => [AlarmName, StateValue]));
  };
}

/**
 * Returns why AppConfig would undo a new deployment at once; null: it would not. A monitor without data rolls back too,
 * and a revert ignores monitors.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-deploying-reverting.html
 */
export function whyUndone(monitors: readonly string[], states: ReadonlyMap<string, string>): string | null {
  const red = monitors.filter((name) => ['ALARM', 'INSUFFICIENT_DATA'].includes(states.get(name) ?? ''));
  if (red.length === 0) return null;
  const said = red.map((name) => `${name} is in ${states.get(name) ?? ''}`).join(', ');
  return `AppConfig would undo a new deployment at once, because a monitor of the environment is red: ${said}`;
}
