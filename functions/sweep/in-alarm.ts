import { answerWithTags, type TagReaders } from '../../src/targets/alarms/read-tags.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { eachOf } from '../../src/aws/each.ts';

/**
 * Returns the names of the alarms in ALARM that are about a target, by their tag, their dimensions or their balancers.
 */
export type ReadInAlarm = (target: string) => Promise<readonly string[]>;

/** Reads once, and returns the same answer to each call. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** Resolves each alarm once, and only when the first target is looked up, because each alarm costs a read of tags. */
export function createInAlarmReader(
  inAlarm: () => Promise<readonly Alarm[]>,
  readers: TagReaders,
): ReadInAlarm {
  const targetsOf = once(async () => {
    const found = new Map<Alarm, readonly string[]>();
    await eachOf(await inAlarm(), async (alarm) => {
      const answer = await answerWithTags(alarm, readers);
      // Skips an alarm whose tag names no target. On-alarm rejects it when it turns.
      if (answer.kind !== 'rejected') found.set(alarm, answer.targets);
    });
    return found;
  });
  return async (target) =>
    [...(await targetsOf())].filter(([, targets]) => targets.includes(target)).map(([{ name }]) => name);
}
