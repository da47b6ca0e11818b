import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';

/**
 * How long what people change is kept before it is asked for again, in seconds: a container may live for hours, and whoever
 * changes a secret or a rule waits for it. Slack takes 20 questions for a user group's members a minute (Tier 2), from
 * everybody who types, presses and completes together.
 */
export const KEPT_SECONDS = 60;

/** Asks for each key once a minute, and keeps the answer; what was thrown is asked for at once again. */
export function kept<T>(ask: (key: string) => Promise<T>, now: () => Instant): (key: string) => Promise<T> {
  const known = new Map<string, { readonly is: T; readonly until: Instant }>();
  return async (key) => {
    const found = known.get(key);
    if (found !== undefined && isAfter(found.until, now())) return found.is;
    const is = await ask(key);
    known.set(key, { is, until: after(now(), KEPT_SECONDS) });
    return is;
  };
}
