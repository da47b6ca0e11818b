import type { ReadPause } from '../aws/pause.ts';
import { wordsOfPause } from '../rollback/pause.ts';
import { inTime } from './in-time.ts';

const PATIENCE_MS = 1_000;

/** Returns the clause that Lastgood is paused, for a question. Empty if it is not, or if that is not known in time. */
export async function saidPause(readPause: ReadPause): Promise<{ readonly paused?: string }> {
  const order = await inTime(PATIENCE_MS, readPause);
  return order?.paused === true ? { paused: wordsOfPause(order) } : {};
}
