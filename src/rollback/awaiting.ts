import type { Poll } from './mechanism.ts';

/**
 * Returns a poll of a deployment that is under way: if it is pending, AWS's event about a deployment of this target ends
 * the wait. Another deployment's event does no more, because Settle polls the one that it follows.
 */
export function awaiting(target: string, poll: Poll): Poll {
  return poll.state === 'pending' ? { ...poll, awaits: target } : poll;
}
