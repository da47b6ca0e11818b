import type { InReversion } from '../../src/rollback/document.ts';
import type { Instant } from '../../src/rollback/request.ts';

/**
 * Returns since when the way back has been settled without a break. Signs from before do not show the health of the
 * revision that runs now.
 */
export function settledSince({ settled }: Pick<InReversion, 'settled'>, now: Instant): Instant {
  return settled?.state === 'settled' ? settled.at : now;
}
