import type { Secret } from '../../src/aws/secret.ts';
import { logger } from '../../src/lambda/logger.ts';
import { optionOf } from '../../src/slack/form.ts';
import { jsonAnswer, readHttp, type HttpAnswer } from '../../src/slack/http.ts';
import { fitting } from '../../src/slack/nearest.ts';
import type { Nonces } from '../../src/slack/nonces.ts';
import { checkSignature } from '../../src/slack/signature.ts';
import { readSuggestion } from '../../src/slack/suggestion.ts';
import { visibleTo, type KnownTargets } from '../../src/slack/targets.ts';

/** The dependencies for answering Slack's request for options. */
export interface Suggesting {
  /** The signing secret. */
  readonly secret: Secret;
  readonly may: (user: string, target: string) => Promise<boolean>;
  readonly targets: () => Promise<KnownTargets>;
  readonly nonces: Nonces;
  readonly now: () => string;
}

/** Slack's limit. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const MAX_OPTIONS = 100;

/**
 * Returns the targets that match the text typed into the form, and that the person may touch. Slack waits for three
 * seconds. Refuses a replay although the request changes nothing, because the answer contains names.
 * @param open returns null if Slack is not set up
 */
export function suggestSlack(open: () => Promise<Suggesting | null>) {
  return async (event: unknown): Promise<HttpAnswer> => {
    const request = readHttp(event);
    const suggesting = await open();
    if (suggesting === null) return refused(503, 'not set up');
    const { secret, nonces, now } = suggesting;
    const at = now();
    const signature = checkSignature(request, secret, Math.floor(Date.parse(at) / 1000));
    if (signature !== 'genuine') return refused(401, signature);
    const suggestion = readSuggestion(request.body);
    if (suggestion === null) return refused(400, 'unreadable');
    if (!(await nonces.isNew(`suggestion ${request.signature}`, at))) return refused(409, 'replayed');
    return jsonAnswer({ options: (await choices(suggesting, suggestion)).map(optionOf) });
  };
}

async function choices(
  { may, targets }: Suggesting,
  { user, typed }: { readonly user: string; readonly typed: string },
): Promise<readonly string[]> {
  const known = await targets();
  return fitting(typed, await visibleTo(user, known.targets, may)).slice(0, MAX_OPTIONS);
}

/** Refuses a request. Logs the reason and does not send it, so that a forger learns nothing. */
function refused(statusCode: number, why: string): HttpAnswer {
  logger.warn('refused', { why });
  return { statusCode };
}
