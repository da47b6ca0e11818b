import type { InReversion } from '../../src/rollback/document.ts';
import type { Instant } from '../../src/rollback/request.ts';

/** Since when the way back has been settled without a break: what was seen before is not the health of what runs now. */
export function settledSince({ settled }: Pick<InReversion, 'settled'>, now: Instant): Instant {
  return settled?.state === 'settled' ? settled.at : now;
}
