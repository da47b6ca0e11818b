import type { Instant } from '../../rollback/request.ts';
import type { Answer } from './alert.ts';
import { onlyRecent } from './recent.ts';
import { withoutFuture } from './without-future.ts';
import { together } from './together.ts';
import type { Vendor } from './vendors.ts';

/**
 * Answers the alerts of a body that arrives at an instant, in their order. Shared with `npm run explain`. Never throws.
 */
export function readWebhook({ read }: Vendor, body: unknown, now: Instant): readonly Answer[] {
  return together(read(body).map((answer) => withoutFuture(answer, now))).map((answer) =>
    onlyRecent(answer, now),
  );
}
