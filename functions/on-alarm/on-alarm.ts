import { logger } from '../../src/lambda/logger.ts';
import { startAll, type Start, type Starter } from '../../src/lambda/start.ts';
import type { Tags } from '../../src/rollback/plan.ts';
import type { Alarm } from '../../src/targets/alarms/alarm.ts';
import { answerAlarm, TARGET_TAG } from '../../src/targets/alarms/answer.ts';
import { readAlarms } from '../../src/targets/alarms/read.ts';
import { asError, type Ignored } from '../../src/targets/answer.ts';

export interface OnAlarm {
  readonly starter: Starter;
  /** The tags of the alarm with this ARN. */
  readonly tagsOf: (arn: string) => Promise<Tags>;
}

/**
 * Starts a rollback for each target of an alarm that turned.
 * @throws InvalidRequest naming the field, for an alarm that cannot be read or whose tag names no target
 */
export function onAlarm({
  starter,
  tagsOf,
}: OnAlarm): (event: unknown) => Promise<readonly Start[] | Ignored> {
  const answer = async (alarm: Alarm) => answerAlarm(alarm, await allTags(alarm, tagsOf));
  return async (event) => {
    const read = readAlarms(event);
    if (read.kind === 'rejected') throw asError(read);
    if (read.kind === 'ignored') return read;
    const answers = await Promise.all(read.alarms.map(answer));
    answers.forEach((one) => logger.info('read', { ...one }));
    const started = await startAll(
      starter,
      answers.flatMap((one) => (one.kind === 'alarm' ? one.requests : [])),
    );
    const bad = answers.find((one) => one.kind === 'rejected');
    if (bad !== undefined) throw asError(bad);
    return started;
  };
}

/** The event's own tags may be filtered by the alarm's owner, so only finding ours there spares the question. */
async function allTags({ arn, tags }: Alarm, tagsOf: OnAlarm['tagsOf']): Promise<Tags | null> {
  return tags?.[TARGET_TAG] !== undefined || arn === null ? tags : tagsOf(arn);
}
