import type { Instant } from '../rollback/request.ts';
import { after, isAfter } from '../rollback/time.ts';

/**
 * How long a value is kept before it is read again. A container may live for hours, and a changed secret or rule must
 * take effect soon. Slack allows 20 reads of user groups a minute (Tier 2) for all commands, presses and completions
 * together.
 */
export const KEPT_SECONDS = 60;

/** Asks for each key once per KEPT_SECONDS, and keeps the answer. Does not keep an error. */
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
