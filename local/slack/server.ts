import type { AddressInfo } from 'node:net';
import type { Clock } from '../world/clock.ts';
import { serve, stop, type HttpAnswer, type HttpRequest } from '../wire/http.ts';
import { refuse, type Channel, type Refusal } from './channel.ts';
import { METHODS } from './methods.ts';

/** What Slack suffers from, by a story's wish. */
export type Trouble = 'away' | 'rate limited';

export interface SlackServer {
  /** Ends in `/api/`. */
  readonly api: string;
  readonly hooks: string;
  /** While it lasts, no call is taken. */
  trouble: Trouble | null;
  /** Names of the methods that were called, those refused too, in order. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

export interface SlackServerOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly token: string;
}

/**
 * Slack's Web API and its answer URLs on 127.0.0.1, as far as they are used. What it does not know it refuses as Slack
 * does: https://docs.slack.dev/apis/web-api/
 */
export async function startSlack({ channel, clock, token }: SlackServerOptions): Promise<SlackServer> {
  const calls: string[] = [];
  const slack: { trouble: Trouble | null } = { trouble: null };
  const server = await serve(0, (request) => {
    calls.push(request.path.replace(/^\/(api\/)?/, ''));
    return Promise.resolve(inTrouble(slack.trouble) ?? answer(request, channel, clock, token));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  channel.origin = origin;
  return Object.assign(slack, {
    api: `${origin}/api/`,
    hooks: `${origin}/`,
    calls,
    close: () => stop(server),
  });
}

/** https://docs.slack.dev/apis/web-api/rate-limits */
function inTrouble(trouble: Trouble | null): HttpAnswer | null {
  if (trouble === null) return null;
  if (trouble === 'away') return { status: 503, headers: {}, body: 'upstream connect error' };
  return { ...json({ ok: false, error: 'ratelimited' }), status: 429, headers: { 'retry-after': '30' } };
}

function answer(request: HttpRequest, channel: Channel, clock: Clock, token: string): HttpAnswer {
  const { path, headers, body } = request;
  if (path.startsWith('/hooks/')) return hook(path, body.toString(), channel, clock);
  if (path.startsWith('/upload/')) {
    channel.upload(path.slice('/upload/'.length), body);
    return { status: 200, headers: {}, body: `OK - ${body.length}` };
  }
  const method = METHODS[path.replace(/^\/api\//, '')];
  if (method === undefined) return json(refuse('unknown_method'));
  if (headers['authorization'] !== `Bearer ${token}`) return json(refuse('invalid_auth'));
  return json(method(Object.fromEntries(new URLSearchParams(body.toString())), channel, clock));
}

/** Five answers in half an hour: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
function hook(path: string, body: string, channel: Channel, clock: Clock): HttpAnswer {
  const refusal = channel.whisper(path, JSON.parse(body) as never, clock.now());
  return refusal === null ? { status: 200, headers: {}, body: 'ok' } : { ...json(refusal), status: 404 };
}

function json(body: Refusal | object): HttpAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
