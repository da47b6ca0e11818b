import * as z from 'zod/mini';
import type { Secret } from '../../src/aws/secret.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { AnswerTo } from '../../src/slack/answer-url.ts';
import type { Command, Form, Press } from '../../src/slack/said.ts';
import { seal, unseal } from '../../src/slack/seal.ts';
import type { Message } from '../../src/slack/web-api.ts';

/** The user who asked, and the sealed URL for the answer. Executions show it to all who may read them. */
export const Asker = z.object({ user: z.string(), sealedUrl: z.string() });
export type Asker = z.infer<typeof Asker>;

export function askerOf({ user, answerUrl }: Command | Form | Press, secret: Secret): Asker {
  return { user, sealedUrl: seal(answerUrl, secret) };
}

/** Answers the user. Answers nobody if the signing secret has changed since, because then no URL can be read. */
export async function answerAsker(
  { secret, answerTo }: { readonly secret: Secret; readonly answerTo: AnswerTo },
  { sealedUrl }: Asker,
  message: Message,
  how?: { readonly replace: boolean },
): Promise<void> {
  const url = unseal(sealedUrl, secret);
  if (url === null) logger.warn('not answered: the URL was sealed with another secret');
  else await answerTo(url, message, how);
}
