import type { Emitter } from '../../src/events/emit.ts';
import { publishedIn, unpublishedOf } from '../../src/events/story.ts';
import { publishAll } from '../../src/events/publish.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Rollback } from '../../src/rollback/document.ts';

/**
 * Publishes the steps so far, beside a wait. Returns the keys of all published steps. It never fails: events that could
 * not be published go out with the next step, or with the end.
 */
export async function publish(rollback: Rollback, emitter: Emitter): Promise<readonly string[]> {
  const before = publishedIn(rollback);
  const steps = unpublishedOf(rollback);
  try {
    await publishAll(
      emitter,
      steps.map(({ event }) => event),
    );
    return [...before, ...steps.map(({ key }) => key)];
  } catch (error) {
    logger.warn('not published yet', error as Error);
    return before;
  }
}
