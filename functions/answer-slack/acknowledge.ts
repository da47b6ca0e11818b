import { logger } from '../../src/lambda/logger.ts';
import type { AnswerTo } from '../../src/slack/answer-url.ts';

/**
 * Answers after something was done. That Slack does not take the answer is logged and no more: Lambda would do it all
 * again for the answer alone, and find that the question is answered and the freeze over.
 */
export async function acknowledge(
  { answerTo }: { readonly answerTo: AnswerTo },
  ...answer: Parameters<AnswerTo>
): Promise<void> {
  await answerTo(...answer).catch((error: unknown) => {
    logger.error('done, but not answered', error as Error);
  });
}
