import type { Rollback } from '../rollback/document.ts';
import type { Emitter } from './emit.ts';
import { publishAll } from './publish.ts';
import { publishedIn, unpublishedOf } from './story.ts';

/**
 * Publishes the steps so far, beside a wait. Returns the keys of all published steps. It never fails: events that could
 * not be published go out with the next step, or with the end.
 * @param warn receives the error of the bus
 */
export async function publishSteps(
  rollback: Rollback,
  emitter: Emitter,
  warn: (error: Error) => void,
): Promise<readonly string[]> {
  const before = publishedIn(rollback);
  const steps = unpublishedOf(rollback);
  try {
    await publishAll(
      emitter,
      steps.map(({ event }) => event),
    );
    return [...before, ...steps.map(({ key }) => key)];
  } catch (error) {
    warn(error as Error);
    return before;
  }
}
