import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';

/** After that, an answer is read again: by every third sweep, of one a minute. */
const FRESH_SECONDS = 150;

/** Until then, the last answer serves if it cannot be read again. */
const KEPT_SECONDS = 300;

/**
 * Keeps the answer of a list in a warm function, because it holds for all targets and rarely changes. Never keeps a
 * failure.
 * @throws the error of the read, if there is no answer of the last five minutes
 */
export function kept<T>(read: () => Promise<T>, now: () => Instant): () => Promise<T> {
  let last: { readonly answer: T; readonly at: Instant } | null = null;
  let reading: Promise<T> | null = null;
  const ageOf = ({ at }: { readonly at: Instant }) => secondsBetween(at, now());
  const readAgain = async () => {
    try {
      last = { answer: await read(), at: now() };
    } catch (error) {
      if (last === null || ageOf(last) > KEPT_SECONDS) throw error;
    } finally {
      reading = null;
    }
    return last.answer;
  };
  return async () => {
    if (last !== null && ageOf(last) <= FRESH_SECONDS) return last.answer;
    return (reading ??= readAgain());
  };
}
