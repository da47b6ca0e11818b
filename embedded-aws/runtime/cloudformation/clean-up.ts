import { recordEvent, recordStack } from './events.ts';
import { madeOf, reasonOf, typeOf, type Work } from './making.ts';
import type { Stack } from './stack.ts';

/**
 * Deletes what replacements have left, and ends the update. One that cannot be deleted stays, and the update ends all
 * the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export async function cleanUp(
  work: Work,
  stack: Stack,
  done: 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE',
): Promise<boolean> {
  const now = () => new Date(work.clock.now());
  for (const one of stack.update?.obsolete ?? []) {
    recordEvent(stack, now(), one, 'DELETE_IN_PROGRESS');
    try {
      await typeOf(one).delete(madeOf(work, stack, one));
      recordEvent(stack, now(), one, 'DELETE_COMPLETE');
    } catch (error) {
      recordEvent(stack, now(), one, 'DELETE_FAILED', reasonOf(error));
    }
  }
  stack.update = null;
  recordStack(work, stack, done);
  return false;
}
