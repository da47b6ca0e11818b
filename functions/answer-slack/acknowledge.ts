import { logger } from '../../src/lambda/logger.ts';
import type { AnswerTo } from '../../src/slack/answer-url.ts';

/**
 * Answers after an action. Only logs a failure of the answer: with an error Lambda would retry the action too, and find
 * the question answered or the freeze ended.
 */
export async function acknowledge(
  { answerTo }: { readonly answerTo: AnswerTo },
  ...answer: Parameters<AnswerTo>
): Promise<void> {
  await answerTo(...answer).catch((error: unknown) => {
    logger.error('done, but not answered', error as Error);
  });
}
