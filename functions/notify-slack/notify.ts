import { createHash } from 'node:crypto';
import { logger } from '../../src/lambda/logger.ts';
import type { Key } from '../../src/ledger/write.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { Pause } from '../../src/slack/pause.ts';
import type { Threads } from '../../src/slack/threads.ts';
import { SlackLimit } from '../../src/slack/web-api.ts';
import { readAdded } from './added.ts';
import type { Tell } from './tell.ts';

export interface Notify {
  readonly threads: Threads;
  readonly pause: Pause;
  /** Null while Slack is not set up. */
  readonly tell: () => Promise<Tell | null>;
  readonly now: () => Instant;
}

/** `later`: Slack asked us to wait, and the schedule tells it. */
export type Notified = 'told' | 'later' | 'not set up' | 'ignored';

/**
 * Adds one of our events to its thread, and tells the thread. While Slack is not set up nothing is kept either: nobody
 * wants to read the past when they set it up.
 * @throws Unavailable when Slack is away; the thread stays behind and is told later
 */
export function notify(telling: Notify) {
  const { threads, tell, now } = telling;
  return async (event: unknown): Promise<Notified> => {
    const added = readAdded(event);
    if (added === null) return 'ignored';
    const teller = await tell();
    if (teller === null) return 'not set up';
    const edition = createHash('sha256').update(JSON.stringify(added)).digest('hex');
    if (!(await threads.add(added.key, added.slice, added.detail, edition, now()))) return 'ignored';
    return tellUnlessPaused(added.key, telling, teller);
  };
}

/** How many threads one run tells. */
const MAX_THREADS_PER_RUN = 20;

/**
 * How long after its start a run begins another thread, in seconds: it leaves a thread that Slack is slow about the rest of
 * the Lambda's 25.
 */
const BEGINS_SECONDS = 10;

/**
 * Tells what Slack did not take before. A thread that Slack still does not take holds up no other; where Slack asks us to
 * wait, or takes long, the run ends, and the next one begins with those that this one did not come to.
 * @throws why the first one was not told, after the others were tried: the alarm counts errors, and lasts as long as the
 *   silence
 */
export async function catchUp(telling: Notify, before: Instant): Promise<number> {
  const { threads, tell, now } = telling;
  const until = after(now(), BEGINS_SECONDS);
  const teller = await tell();
  if (teller === null) return 0;
  let told = 0;
  const failures: unknown[] = [];
  for (const key of await threads.behind(before, MAX_THREADS_PER_RUN)) {
    if (isAfter(now(), until)) break;
    const done = await tellUnlessPaused(key, telling, teller).catch(async (error: unknown) => {
      failures.push(error);
      await setBehind(key, telling, error);
    });
    if (done === 'later') break;
    if (done === 'told') told++;
  }
  if (failures.length > 0) throw failures[0];
  return told;
}

/** Who was tried goes behind all others, so that no run is full of those that fail. */
async function setBehind(key: Key, { threads, now }: Notify, error: unknown): Promise<void> {
  logger.error('not told', { ...key, error: error as Error });
  await threads.postpone(key, now());
}

/** Limits are not waited out here, where waiting costs: what is left stays behind. */
async function tellUnlessPaused(key: Key, telling: Notify, tell: Tell): Promise<'told' | 'later'> {
  const { pause, now } = telling;
  if (await pause.isOn(now())) return 'later';
  try {
    await tellThread(key, telling, tell);
    return 'told';
  } catch (error) {
    if (!(error instanceof SlackLimit)) throw error;
    logger.warn('Slack asks to wait', error);
    await pause.begin(after(now(), error.seconds));
    return 'later';
  }
}

/** Until nothing was added while it was told. Who finds another at it leaves it to them: they will see what was added. */
async function tellThread(
  key: Key,
  { threads, now }: Pick<Notify, 'threads' | 'now'>,
  tell: Tell,
): Promise<void> {
  for (;;) {
    const thread = await threads.open(key, now());
    if (thread === null) return;
    try {
      await tell(thread);
    } catch (error) {
      await threads.leave(key);
      throw error;
    }
    if (await threads.close(thread)) return;
    await threads.leave(key);
  }
}
