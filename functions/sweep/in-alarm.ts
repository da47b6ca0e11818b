import { resolveAlarm, type TagReaders } from '../../src/targets/alarms/resolve.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { eachOf } from '../../src/aws/each.ts';

/** Names of the alarms in ALARM that speak for a target, by their tag, their dimensions or what they watch. */
export type ReadInAlarm = (target: string) => Promise<readonly string[]>;

/** One read a sweep, however often it is asked. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** Resolves each alarm once, and only when a target is asked about: it costs a read of tags an alarm. */
export function createInAlarmReader(
  inAlarm: () => Promise<readonly Alarm[]>,
  readers: TagReaders,
): ReadInAlarm {
  const targetsOf = once(async () => {
    const found = new Map<Alarm, readonly string[]>();
    await eachOf(await inAlarm(), async (alarm) => {
      const answer = await resolveAlarm(alarm, readers);
      // A tag that names no target is none of this one's; who set it is told when the alarm turns.
      if (answer.kind !== 'rejected') found.set(alarm, answer.targets);
    });
    return found;
  });
  return async (target) =>
    [...(await targetsOf())].filter(([, targets]) => targets.includes(target)).map(([{ name }]) => name);
}
