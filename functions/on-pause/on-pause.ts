import type { ReadPause } from '../../src/aws/pause.ts';
import type { Emitter } from '../../src/events/emit.ts';
import type { Announced, LastAnnounced } from '../../src/ledger/announced.ts';
import { writePauseOrder, type PauseOrder } from '../../src/rollback/pause.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { secondsBetween } from '../../src/rollback/time.ts';

export interface OnPause {
  readonly readPause: ReadPause;
  readonly announced: Announced;
  readonly emitter: Emitter;
}

/** A pause is announced again after an hour. The schedule runs every five minutes, and not always on time. */
const AGAIN_SECONDS = 3600 - 150;

/**
 * Reads the order and publishes what was not announced yet. A crash after the event publishes it once more, which does
 * less harm than a pause without a word.
 */
export function onPause({ readPause, announced, emitter }: OnPause, now: () => Instant) {
  return async (): Promise<'paused' | 'resumed' | 'nothing new'> => {
    const [order, last] = await Promise.all([readPause(), announced.last()]);
    const at = now();
    if (order?.paused === true) {
      const next = announcementOf(order, last, at);
      if (next === null) return 'nothing new';
      const { because, by } = order;
      const said = { ...(because !== undefined && { because }), ...(by !== undefined && { by }) };
      await emitter.emit('Lastgood Paused', { version: '1', ...said, since: next.since, announcedAt: at });
      await announced.keep(next);
      return 'paused';
    }
    if (last === null) return 'nothing new';
    const by = order?.by === undefined ? {} : { by: order.by };
    const resumedAt = order?.at ?? at;
    await emitter.emit('Lastgood Resumed', { version: '1', ...by, pausedSince: last.since, resumedAt });
    await announced.end(at);
    return 'resumed';
  };
}

/** Returns what to announce: a new order, or the same one after an hour. Null: it was announced within the hour. */
function announcementOf(order: PauseOrder, last: LastAnnounced | null, at: Instant): LastAnnounced | null {
  const text = writePauseOrder(order);
  if (last?.order !== text) return { order: text, since: order.at ?? at, at };
  return secondsBetween(last.at, at) >= AGAIN_SECONDS ? { ...last, at } : null;
}
