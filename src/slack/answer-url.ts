import { logger } from '../lambda/logger.ts';
import { InvalidRequest } from '../rollback/errors.ts';
import { send, type Message } from './web-api.ts';

/**
 * Posts an answer that only the person who asked can see. With `replace` it replaces the message whose button was
 * pressed.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * Logs a permanent refusal and returns, because a retry would change nothing.
 * @param hooks origin of Slack's answer URLs: a URL of another origin is an InvalidRequest
 */
export type AnswerTo = (url: string, message: Message, how?: { readonly replace: boolean }) => Promise<void>;

export function createAnswerTo(get: typeof fetch, hooks: string): AnswerTo {
  return async (url, { text, blocks }, { replace } = { replace: false }) => {
    if (URL.parse(url)?.origin !== new URL(hooks).origin)
      throw new InvalidRequest('response_url', 'is not an address of Slack');
    const body = { response_type: 'ephemeral', replace_original: replace, text, blocks };
    const headers = { 'content-type': 'application/json' };
    const answer = await send(get, 'an answer', url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) return;
    logger.error('Slack refused an answer', {
      status: answer.status,
      why: codeIn(await answer.text().catch(() => '')),
    });
  };
}

/** Returns Slack's error code, as `expired_url`, in JSON or alone. Any other text may repeat the URL. */
function codeIn(body: string): string {
  return /^(?:\{"ok":false,"error":")?([a-z_]{1,64})(?:"\})?$/.exec(body.trim())?.[1] ?? 'unknown';
}
