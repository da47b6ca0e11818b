import { createHash } from 'node:crypto';
import { logger } from '../../src/lambda/logger.ts';
import type { Key } from '../../src/ledger/write.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter, secondsBetween } from '../../src/rollback/time.ts';
import type { Pause } from '../../src/slack/pause.ts';
import type { Threads } from '../../src/slack/threads.ts';
import { SlackLimit } from '../../src/slack/web-api.ts';
import { readAdded } from './added.ts';
import type { Post } from './post.ts';

export interface Notify {
  readonly threads: Threads;
  readonly pause: Pause;
  /**
   * Returns null while Slack is not set up.
   * @throws an error while Parameter Store does not say whether it is
   */
  readonly connectSlack: () => Promise<Post | null>;
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** `later`: Slack's rate is reached, or Slack failed, so the schedule posts the thread. */
export type Notified = 'posted' | 'later' | 'not set up' | 'ignored';

/** How long the invocation of an urgent event waits for Slack's rate. */
const URGENT_SECONDS = 10;

/**
 * Adds an event of Lastgood to its thread, and posts the thread. Stores nothing while Slack is not set up, so that a
 * new channel does not begin with old events.
 *
 * Once Slack has limited the rate, only urgent events are posted at once, and wait for it. All others are left to the
 * schedule for a minute. It posts the newest state of each thread, so that what came too late costs no message.
 *
 * If Slack or Parameter Store fails, the thread stays behind, and the schedule posts it.
 * @throws Unavailable if the table does not keep the event; Lambda retries, and then it is a dead letter
 */
export function notify(notifying: Notify) {
  const { threads, pause, connectSlack, now } = notifying;
  return async (event: unknown): Promise<Notified> => {
    const added = readAdded(event);
    if (added === null) return 'ignored';
    const { post, error } = await connectSlack().then(
      (connected) => ({ post: connected, error: null }),
      (thrown: unknown) => ({ post: undefined, error: thrown }),
    );
    if (post === null) return 'not set up';
    const { key, queue } = added;
    const edition = createHash('sha256').update(JSON.stringify(added)).digest('hex');
    if (!(await threads.add(key, { ...added, edition }, queue, now()))) return 'ignored';
    try {
      // Whether Slack is set up is unknown. A question that was not kept would never be asked.
      if (post === undefined) throw error;
      if (queue === 'urgent') return await postUntil(after(now(), URGENT_SECONDS), key, notifying, post);
      const { isCrowded } = await pause.rate(now());
      return isCrowded ? 'later' : await postUntil(now(), key, notifying, post);
    } catch (failure) {
      logger.warn('thread left to the schedule', { ...key, error: failure as Error });
      return 'later';
    }
  };
}

/** The most threads of each queue in a run. Slack accepts one message a second. */
const MAX_THREADS_PER_RUN = 60;

/**
 * How long after its start a run begins another thread. The rest of the Lambda's minute is left for a thread that Slack
 * is slow to accept.
 */
const START_WITHIN_SECONDS = 40;

/** How long an event's own invocation may post before the schedule tries too. */
const PATIENCE_SECONDS = 25;

/**
 * Posts the threads that are behind, the urgent ones first. Waits for Slack's rate: a run that ended at the first limit
 * would post three messages a minute, of sixty that Slack accepts. A failed thread does not delay the others. Ends
 * early if Slack asks to wait for longer than the run; the next run begins with the threads that this one did not reach.
 * @throws the first error, after it has tried the other threads: the alarm counts errors, and lasts until Slack is up
 *   to date
 */
export async function catchUp(notifying: Notify): Promise<number> {
  const { threads, connectSlack, now } = notifying;
  const [before, until] = [after(now(), -PATIENCE_SECONDS), after(now(), START_WITHIN_SECONDS)];
  const urgent = await threads.behind('urgent', before, MAX_THREADS_PER_RUN);
  const behind = [...urgent, ...(await threads.behind('yes', before, MAX_THREADS_PER_RUN))];
  if (behind.length === 0) return 0;
  const post = await connectSlack();
  if (post === null) return 0;
  let posted = 0;
  const failures: unknown[] = [];
  for (const key of behind) {
    if (isAfter(now(), until)) break;
    const done = await postUntil(until, key, notifying, post).catch(async (error: unknown) => {
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

/**
 * Posts a thread. Where Slack limits the rate it waits until Slack accepts calls again, if that is before an instant. The
 * limits of a channel last a second: https://docs.slack.dev/apis/web-api/rate-limits
 */
async function postUntil(
  until: Instant,
  key: Key,
  notifying: Notify,
  post: Post,
): Promise<'posted' | 'later'> {
  const { pause, now, wait } = notifying;
  for (;;) {
    const { pausedUntil } = await pause.rate(now());
    if (pausedUntil !== undefined) {
      if (isAfter(pausedUntil, until)) return 'later';
      await wait(1_000 * secondsBetween(now(), pausedUntil));
    }
    try {
      await postThread(key, notifying, post);
      return 'posted';
    } catch (error) {
      if (!(error instanceof SlackLimit)) throw error;
      logger.warn('Slack asks to wait', error);
      await pause.begin(after(now(), error.seconds));
    }
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
