import { inTime } from '../../src/lambda/in-time.ts';
import type { Found } from '../../src/rollback/facts.ts';

/** A fact that takes longer is unknown, because it must not delay a rollback. */
export const WITHIN_MS = 2_000;

/**
 * Reads a fact that the judge can do without. A call that is throttled, fails or takes too long makes it unknown. There
 * is no retry, because a rollback waits for it.
 */
export async function optional<T>(read: () => Promise<T>, withinMs = WITHIN_MS): Promise<Found<T>> {
  const found = await inTime(withinMs, () => read().then(known, unknown));
  return found ?? { known: false, why: `it took longer than ${withinMs / 1000} seconds` };
}

function known<T>(is: T): Found<T> {
  return { known: true, is };
}

function unknown(error: unknown): Found<never> {
  return { known: false, why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
