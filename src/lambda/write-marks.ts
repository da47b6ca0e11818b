import type { ReadPause } from '../aws/pause.ts';
import type { WriteMark } from '../aws/write-watch.ts';
import type { Claims } from '../ledger/claims.ts';
import type { Planned } from '../rollback/document.ts';
import { Paused } from '../rollback/errors.ts';
import { wordsOfPause } from '../rollback/pause.ts';

/** Returns the mark of a verb that may write for a rollback. Nothing may be written while Lastgood is paused. */
export function markOf(
  { request: { target }, execution }: Planned,
  claims: Pick<Claims, 'markWriting' | 'clearWriting'>,
  readPause: ReadPause,
): WriteMark {
  const unlessPaused = askWhetherPaused(readPause);
  return {
    set: async () => {
      await unlessPaused();
      return claims.markWriting(target, execution);
    },
    clear: () => claims.clearWriting(target, execution),
  };
}

/** Returns the mark of a lookout, which has no record of a rollback. */
export function markOfLookout(readPause: ReadPause): WriteMark {
  const unlessPaused = askWhetherPaused(readPause);
  return {
    set: async () => {
      await unlessPaused();
      return false;
    },
    clear: () => Promise.resolve(),
  };
}

/**
 * Asks at once whether Lastgood is paused, and answers before the first write. The mechanism reads from AWS in between,
 * so the question adds no time to the first write.
 * @throws Paused, or the error of the read: unknown is not "not paused"
 */
function askWhetherPaused(readPause: ReadPause): () => Promise<void> {
  const reading = readPause();
  // A verb that writes nothing does not need the answer.
  reading.catch(() => undefined);
  return async () => {
    const order = await reading;
    if (order?.paused === true) throw new Paused(wordsOfPause(order));
  };
}
