import { logger } from '../lambda/logger.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { send, type Message } from './web-api.ts';

/**
 * Answers the person who asked, where they asked; nobody else sees it. With `replace` it takes the place of the message
 * whose button was pressed. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * What Slack refuses for good is logged, and is answered for all that: asking again would change nothing.
 * @param hooks where Slack's answer URLs begin: nothing is ever posted to any other address
 */
export type AnswerTo = (url: string, message: Message, how?: { readonly replace: boolean }) => Promise<void>;

export function createAnswerTo(get: typeof fetch, hooks: string): AnswerTo {
  return async (url, { text, blocks }, { replace } = { replace: false }) => {
    if (new URL(url).origin !== new URL(hooks).origin)
      throw new InvalidRequest('response_url', 'is not an address of Slack');
    const body = { response_type: 'ephemeral', replace_original: replace, text, blocks };
    const headers = { 'content-type': 'application/json' };
    const answer = await send(get, 'an answer', url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) return;
    const why = (await answer.text().catch(() => '')).slice(0, 200);
    logger.error('Slack refused an answer', { status: answer.status, why });
  };
}
