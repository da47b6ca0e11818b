import { createHash } from 'node:crypto';
import { logger } from '../../src/lambda/logger.ts';
import type { Key } from '../../src/ledger/write.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { Pause } from '../../src/slack/pause.ts';
import type { Threads } from '../../src/slack/threads.ts';
import { SlackLimit } from '../../src/slack/web-api.ts';
import { readAdded } from './added.ts';
import type { Post } from './post.ts';

export interface Notify {
  readonly threads: Threads;
  readonly pause: Pause;
  /** Returns null while Slack is not set up. */
  readonly connectSlack: () => Promise<Post | null>;
  readonly now: () => Instant;
}

/** `later`: Slack asked to wait, so the schedule posts the thread. */
export type Notified = 'posted' | 'later' | 'not set up' | 'ignored';

/**
 * Adds an event of Lastgood to its thread, and posts the thread. Stores nothing while Slack is not set up, so that a
 * new channel does not begin with old events.
 * @throws Unavailable if Slack does not answer; the thread stays behind, and the schedule posts it
 */
export function notify(notifying: Notify) {
  const { threads, connectSlack, now } = notifying;
  return async (event: unknown): Promise<Notified> => {
    const added = readAdded(event);
    if (added === null) return 'ignored';
    const post = await connectSlack();
    if (post === null) return 'not set up';
    const edition = createHash('sha256').update(JSON.stringify(added)).digest('hex');
    if (!(await threads.add(added.key, added.slice, added.detail, edition, now()))) return 'ignored';
    return postUnlessPaused(added.key, notifying, post);
  };
}

const MAX_THREADS_PER_RUN = 20;

/**
 * How long after its start a run begins another thread. The rest of the Lambda's 25 seconds is left for a thread that
 * Slack is slow to accept.
 */
const START_WITHIN_SECONDS = 10;

/** How long an event's own invocation may post before the schedule tries too: a Lambda's whole time. */
const PATIENCE_SECONDS = 25;

/**
 * Posts the threads that are behind. A failed thread does not delay the others. Ends early if Slack asks to wait or is
 * slow; the next run begins with the threads that this one did not reach.
 * @throws the first error, after it has tried the other threads: the alarm counts errors, and lasts until Slack is up
 *   to date
 */
export async function catchUp(notifying: Notify): Promise<number> {
  const { threads, connectSlack, now } = notifying;
  const until = after(now(), START_WITHIN_SECONDS);
  const post = await connectSlack();
  if (post === null) return 0;
  let posted = 0;
  const failures: unknown[] = [];
  for (const key of await threads.behind(after(now(), -PATIENCE_SECONDS), MAX_THREADS_PER_RUN)) {
    if (isAfter(now(), until)) break;
    const done = await postUnlessPaused(key, notifying, post).catch(async (error: unknown) => {
      failures.push(error);
      await requeue(key, notifying, error);
    });
    if (done === 'later') break;
    if (done === 'posted') posted++;
  }
  if (failures.length > 0) throw failures[0];
  return posted;
}

/** Moves a failed thread behind all others, so that failing threads cannot fill every run. */
async function requeue(key: Key, { threads, now }: Notify, error: unknown): Promise<void> {
  logger.error('thread not posted', { ...key, error: error as Error });
  await threads.postpone(key, now());
}

/** Posts a thread, or begins a pause at a rate limit. Never waits for the limit, because waiting in a Lambda costs. */
async function postUnlessPaused(key: Key, notifying: Notify, post: Post): Promise<'posted' | 'later'> {
  const { pause, now } = notifying;
  if (await pause.isOn(now())) return 'later';
  try {
    await postThread(key, notifying, post);
    return 'posted';
  } catch (error) {
    if (!(error instanceof SlackLimit)) throw error;
    logger.warn('Slack asks to wait', error);
    await pause.begin(after(now(), error.seconds));
    return 'later';
  }
}

/**
 * Posts a thread until no event was added while it posted. Returns at once if another invocation has the lease: that
 * one will see the new event.
 */
async function postThread(
  key: Key,
  { threads, now }: Pick<Notify, 'threads' | 'now'>,
  post: Post,
): Promise<void> {
  for (;;) {
    const thread = await threads.open(key, now());
    if (thread === null) return;
    try {
      await post(thread);
    } catch (error) {
      await threads.leave(key);
      throw error;
    }
    if (await threads.close(thread)) return;
    await threads.leave(key);
  }
}
