import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import { readAlarms } from '../../src/targets/alarms/read.ts';
import { answerWithTags, type TagReaders } from '../../src/targets/alarms/read-tags.ts';
import { asError, wrongIn, type Ignored } from '../../src/targets/answer.ts';

export interface OnAlarm extends TagReaders {
  readonly starter: Starter;
}

/**
 * Starts the rollbacks that an alarm requests.
 * @throws InvalidRequest naming the field, if an alarm cannot be read or its tag names no target
 */
export function onAlarm({
  starter,
  ...readers
}: OnAlarm): (event: unknown) => Promise<readonly Start[] | Ignored> {
  return async (event) => {
    const read = readAlarms(event);
    if (read.kind === 'rejected') throw asError(read);
    if (read.kind === 'ignored') return read;
    const answers = await Promise.all(read.alarms.map((alarm) => answerWithTags(alarm, readers)));
    answers.forEach((one) => logger.info('read', { ...one }));
    const started = await startAll(
      starter,
      answers.flatMap((one) => (one.kind === 'alarm' ? one.requests : [])),
    );
    const [bad] = answers.flatMap(wrongIn);
    if (bad !== undefined) throw asError(bad);
    return started;
  };
}
