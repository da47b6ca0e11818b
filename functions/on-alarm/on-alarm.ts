import type { Emitter } from '../../src/events/emit.ts';
import { publishAll } from '../../src/events/publish.ts';
import { rejectionsOf } from '../../src/events/rejected-alarm.ts';
import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readAlarms } from '../../src/targets/alarms/read.ts';
import { answerWithTags, type TagReaders } from '../../src/targets/alarms/read-tags.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { onlyPast } from '../../src/targets/future.ts';
import { asError, wrongIn, type Accepted, type Ignored, type Rejected } from '../../src/targets/answer.ts';

export interface OnAlarm extends TagReaders {
  readonly starter: Starter;
  readonly emitter: Emitter;
  readonly now: () => Instant;
}

/**
 * Starts the rollbacks that an alarm requests. Publishes each word of its tag that names no target, so that people see it
 * at once. Then throws, because the dead letters keep the event. An alarm that means one of several targets is published
 * alone: its event is right, and no retry would find out which.
 * @throws InvalidRequest naming the field, if an alarm cannot be read or its tag names no target
 */
export function onAlarm({
  starter,
  emitter,
  now,
  ...readers
}: OnAlarm): (event: unknown) => Promise<readonly Start[] | Ignored> {
  return async (event) => {
    const read = readAlarms(event);
    if (read.kind === 'rejected') throw asError(read);
    if (read.kind === 'ignored') return read;
    const answers = await Promise.all(
      read.alarms.map(async (alarm) => ({ alarm, says: await answer(alarm, readers, now()) })),
    );
    answers.forEach(({ says }) => logger.info('read', { ...says }));
    const started = await startAll(
      starter,
      answers.flatMap(({ says }) => (says.kind === 'alarm' ? says.requests : [])),
    );
    await publishAll(
      emitter,
      answers.flatMap(({ alarm, says }) => rejectionsOf(alarm, wrongIn(says), now())),
    );
    const bad = answers.flatMap(({ says }) => wrongIn(says)).find(({ isUnclear }) => isUnclear !== true);
    if (bad !== undefined) throw asError(bad);
    return started;
  };
}

async function answer(
  alarm: Alarm,
  readers: TagReaders,
  now: Instant,
): Promise<Accepted | Ignored | Rejected> {
  return onlyPast(await answerWithTags(alarm, readers), alarm.timeField, now);
}
