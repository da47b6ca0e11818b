import { createHash } from 'node:crypto';
import { SOURCE } from '../../src/events/details.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Key } from '../../src/ledger/write.ts';
import { Throttled, Unavailable } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Story, Threads } from '../../src/slack/threads.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { asRecord } from '../../src/targets/json.ts';
import type { Tell } from './tell.ts';

/** Which part of a thread's story each of our events is. */
const SLICES: Readonly<Record<string, keyof Story>> = {
  'Rollback Started': 'started',
  'Rollback Planned': 'planned',
  'Rollback Approval Requested': 'question',
  'Rollback Stopped': 'stopped',
  'Rollback Reverted': 'reverted',
  'Rollback Succeeded': 'ended',
  'Rollback Skipped': 'ended',
  'Rollback Failed': 'ended',
  'Rollback Frozen': 'frozen',
  'Rollback Unfrozen': 'unfrozen',
};

export interface Notify {
  readonly threads: Threads;
  /** Null while Slack is not set up. */
  readonly tell: () => Promise<Tell | null>;
  readonly now: () => Instant;
}

/**
 * Adds one of our events to its thread, and tells the thread. While Slack is not set up nothing is kept either: nobody
 * wants to read the past when they set it up.
 * @throws Throttled or Unavailable when Slack takes nothing now; the thread stays behind and is told later
 */
export function notify({ threads, tell, now }: Notify) {
  return async (event: unknown): Promise<'told' | 'not set up' | 'ignored'> => {
    const added = readAdded(event);
    if (added === null) return 'ignored';
    const teller = await tell();
    if (teller === null) return 'not set up';
    const edition = createHash('sha256').update(JSON.stringify(added)).digest('hex');
    await threads.add(added.key, added.slice, added.detail, edition, now());
    await tellThread(added.key, { threads, now }, teller);
    return 'told';
  };
}

/** How many threads one run tells. */
const MOST = 20;

/** Tells what Slack did not take before. A thread that Slack still does not take holds up no other. */
export async function catchUp({ threads, tell, now }: Notify, before: Instant): Promise<number> {
  const teller = await tell();
  if (teller === null) return 0;
  const behind = await threads.behind(before, MOST);
  let told = 0;
  for (const key of behind) {
    const done = await tellThread(key, { threads, now }, teller).then(
      () => true,
      (error: unknown) => isPassing(error),
    );
    if (done) told++;
  }
  return told;
}

/** Slack is away or in a hurry: the next run tries again. Anything else is a surprise. */
function isPassing(error: unknown): false {
  if (!(error instanceof Throttled || error instanceof Unavailable)) throw error;
  logger.warn('still behind', error);
  return false;
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

interface Added {
  readonly key: Key;
  readonly slice: keyof Story;
  readonly detail: unknown;
}

/** A freeze by a person is a thread of its own; that of a revision belongs to its rollback, whose end tells of it. */
function readAdded(event: unknown): Added | null {
  const found = readBusEvent(event);
  const slice = SLICES[found?.['detail-type'] ?? ''];
  if (found?.source !== SOURCE || slice === undefined) return null;
  const { target, execution } = asRecord(found.detail) ?? {};
  const isFreeze = slice === 'frozen' || slice === 'unfrozen';
  if (isFreeze && execution !== undefined) return null;
  const thread = isFreeze ? `${slice}#${found.id}` : `thread#${String(execution)}`;
  return {
    key: { target: typeof target === 'string' ? target : 'unknown', item: thread },
    slice,
    detail: found.detail,
  };
}
