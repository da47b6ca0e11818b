import type { Emitter } from '../../src/events/emit.ts';
import { toldIn, untoldOf } from '../../src/events/story.ts';
import { tellAll } from '../../src/events/telling.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Rollback } from '../../src/rollback/document.ts';

/**
 * Tells everybody the steps so far, beside a wait that is there anyway. Answers with the keys of all that were told. It
 * never fails: what the bus did not take is told with the next step, or with the end.
 */
export async function tell(rollback: Rollback, emitter: Emitter): Promise<readonly string[]> {
  const before = toldIn(rollback);
  const steps = untoldOf(rollback);
  try {
    await tellAll(
      emitter,
      steps.map(({ telling }) => telling),
    );
    return [...before, ...steps.map(({ key }) => key)];
  } catch (error) {
    logger.warn('not told yet', error as Error);
    return before;
  }
}
