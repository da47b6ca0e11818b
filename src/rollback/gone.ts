import type { Poll } from './mechanism.ts';

/** Returns the poll of a target that was deleted during its way back. */
export function gone(reason: string): Poll {
  return { state: 'failed', reason, isGone: true };
}
