import { logger } from '../../src/lambda/logger.ts';
import type { HandOver } from '../../src/slack/handover.ts';
import type { Nonces } from '../../src/slack/nonces.ts';
import { readSaid, type Said } from '../../src/slack/said.ts';
import { checkSignature } from '../../src/slack/signature.ts';
import { readHttp } from './http.ts';

export interface OnSlack {
  /** The signing secret; undefined until somebody has put it into Parameter Store. */
  readonly secret: () => Promise<string | undefined>;
  readonly nonces: Nonces;
  readonly handOver: HandOver;
  readonly now: () => string;
}

/** The answer of an HTTP API's function. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Takes what Slack says, makes sure that it is Slack, that it is from now and that it is said for the first time, hands
 * it over and answers at once: Slack waits for three seconds, and a Lambda does nothing after its answer.
 */
export function onSlack({ secret, nonces, handOver, now }: OnSlack) {
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
    await handOver(request);
    logger.info('taken', { kind: said.kind, team: said.team, user: said.user });
    return received(said);
  };
}

/** Why is for the log: who forges learns nothing. */
function refused(statusCode: number, why: string): HttpAnswer {
  logger.warn('refused', { why });
  return { statusCode };
}

/** Slack's own repetition was taken before and needs no more than that; anybody else's is a replay. */
function repeated(isRetry: boolean): HttpAnswer {
  return isRetry ? { statusCode: 200 } : refused(409, 'replayed');
}

/** A command shows that it was heard. A button shows nothing: the message it stands in will change. */
function received(said: Exclude<Said, { kind: 'probe' }>): HttpAnswer {
  if (said.kind === 'press') return { statusCode: 200 };
  const answer = { response_type: 'ephemeral', text: 'One moment …' };
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  };
}
