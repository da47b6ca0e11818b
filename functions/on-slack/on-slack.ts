import type { Secret } from '../../src/aws/secret.ts';
import { logger } from '../../src/lambda/logger.ts';
import { BUTTON } from '../../src/slack/buttons.ts';
import { jsonAnswer, readHttp, type HttpAnswer } from '../../src/slack/http.ts';
import type { HandOver } from '../../src/slack/handover.ts';
import type { Nonces } from '../../src/slack/nonces.ts';
import { readSaid, type Press, type Said } from '../../src/slack/said.ts';
import { checkSignature } from '../../src/slack/signature.ts';

export interface OnSlack {
  /** The signing secret; undefined until an operator has put it into Parameter Store. */
  readonly secret: () => Promise<Secret | undefined>;
  readonly nonces: Nonces;
  readonly handOver: HandOver;
  /** Opens the form for the person whose interaction has this trigger. */
  readonly openForm: (trigger: string, answerUrl: string) => Promise<void>;
  readonly now: () => string;
}

/**
 * Verifies that a request comes from Slack, is recent and is new, hands it over, and answers at once. Slack waits for
 * three seconds, and a Lambda does nothing after its answer.
 */
export function onSlack({ secret, nonces, handOver, openForm, now }: OnSlack) {
  return async (event: unknown): Promise<HttpAnswer> => {
    const request = readHttp(event);
    const known = await secret();
    if (known === undefined) return refused(503, 'not set up');
    const at = now();
    const signature = checkSignature(request, known, Math.floor(Date.parse(at) / 1000));
    if (signature !== 'genuine') return refused(401, signature);
    const said = readSaid(request.body);
    if (said === null) return refused(400, 'unreadable');
    if (said.kind === 'probe') return { statusCode: 200 };
    if (!(await nonces.isNew(said.trigger, at))) return repeated(request.isRetry);
    if (said.kind === 'press' && said.button === BUTTON.choose && (await opened(openForm, said)))
      return { statusCode: 200 };
    await handOver(request, known);
    logger.info('handed over', { kind: said.kind, team: said.team, user: said.user });
    return received(said);
  };
}

/**
 * Opens the form, and returns whether it did. On-slack does this itself, because a trigger is valid for three seconds.
 * If it fails, answer-slack says so.
 */
async function opened(openForm: OnSlack['openForm'], { trigger, answerUrl }: Press): Promise<boolean> {
  try {
    await openForm(trigger, answerUrl);
    return true;
  } catch (error) {
    logger.warn('the form was not opened', { error: error as Error });
    return false;
  }
}

/** Refuses a request. Logs the reason and does not send it, so that a forger learns nothing. */
function refused(statusCode: number, why: string): HttpAnswer {
  logger.warn('refused', { why });
  return { statusCode };
}

/** Answers a repetition. A retry of Slack was handled before; any other repetition is a replay. */
function repeated(isRetry: boolean): HttpAnswer {
  return isRetry ? { statusCode: 200 } : refused(409, 'replayed');
}

/**
 * Returns the immediate answer. A command gets a short text. A button gets none, because its message will change. An
 * empty answer closes a form.
 */
function received({ kind }: Exclude<Said, { kind: 'probe' }>): HttpAnswer {
  return kind === 'command'
    ? jsonAnswer({ response_type: 'ephemeral', text: 'One moment …' })
    : { statusCode: 200 };
}
