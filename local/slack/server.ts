import type { AddressInfo } from 'node:net';
import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import {
  answerHere,
  serve,
  stop,
  type HttpAnswer,
  type HttpRequest,
} from '@lastgood/embedded-aws/wire/http.ts';
import type { Channel } from './channel.ts';
import { METHODS } from './methods.ts';
import { RateLimits } from './rate-limits.ts';
import { refuse, type Refusal } from './refusal.ts';

/** The beginning of a refusal (refusal.ts). */
const REFUSAL = '{"ok":false';

/** An outage of Slack that a story may cause. */
export type Trouble = 'away';

export interface SlackServer {
  /** Ends in `/api/`. */
  readonly api: string;
  readonly hooks: string;
  /** While it is set, every call fails. */
  trouble: Trouble | null;
  /** The app's token. A renewed token replaces it, and the old one is refused. */
  token: string;
  /** Names of the methods that were called, refused calls included, in order. */
  readonly calls: readonly string[];
  /** The bodies of all calls but those that open a form, which only Slack reads. */
  readonly bodies: readonly string[];
  /** What Slack refused, in order. An outage refuses nothing. */
  readonly refusals: readonly Refused[];
  readonly limits: RateLimits;
  close(): Promise<void>;
}

/** A call that Slack refused. */
export interface Refused {
  /** Virtual instant, milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Slack's error code. */
  readonly error: string;
}

export interface SlackServerOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly token: string;
}

/**
 * Starts Slack's Web API and its answer URLs, as far as Lastgood uses them. Refuses unknown methods as Slack does:
 * https://docs.slack.dev/apis/web-api/
 */
export async function startSlack(
  { channel, clock, token }: SlackServerOptions,
  isReachedFromOutside = true,
): Promise<SlackServer> {
  const calls: string[] = [];
  const bodies: string[] = [];
  const refusals: Refused[] = [];
  const limits = new RateLimits(clock);
  const slack: Pick<SlackServer, 'trouble' | 'token'> = { trouble: null, token };
  const take = (request: HttpRequest): Promise<HttpAnswer> => {
    const method = request.path.replace(/^\/(api\/)?/, '');
    calls.push(method);
    if (!request.path.endsWith('/views.open')) bodies.push(request.body.toString());
    const outage = inTrouble(slack.trouble);
    if (outage !== null) return Promise.resolve(outage);
    const answered = answer(request, { channel, clock, limits, token: slack.token });
    const error = errorIn(answered);
    if (error !== null) refusals.push({ at: clock.now(), method, error });
    return Promise.resolve(answered);
  };
  const { origin, close } = isReachedFromOutside ? await listen(take) : answerHere('slack', take);
  channel.origin = origin;
  return Object.assign(slack, {
    api: `${origin}/api/`,
    hooks: `${origin}/`,
    calls,
    bodies,
    refusals,
    limits,
    close,
  });
}

async function listen(take: (request: HttpRequest) => Promise<HttpAnswer>) {
  const server = await serve(0, take);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => stop(server) };
}

function inTrouble(trouble: Trouble | null): HttpAnswer | null {
  return trouble === null ? null : { status: 503, headers: {}, body: 'upstream connect error' };
}

interface Answering extends SlackServerOptions {
  readonly limits: RateLimits;
}

function answer(request: HttpRequest, { channel, clock, token, limits }: Answering): HttpAnswer {
  const { path, headers, body } = request;
  if (path.startsWith('/hooks/')) return hook(path, body.toString(), channel, clock);
  if (path.startsWith('/upload/')) return upload(request, channel);
  const name = path.replace(/^\/api\//, '');
  const method = METHODS[name];
  if (method === undefined) return json(refuse('unknown_method'));
  if (headers['authorization'] !== `Bearer ${token}`) return json(refuse('invalid_auth'));
  const seconds = limits.take(name);
  if (seconds !== null) return tooMany(seconds);
  return json(method(Object.fromEntries(new URLSearchParams(body.toString())), channel, clock));
}

/** https://docs.slack.dev/apis/web-api/rate-limits */
function tooMany(seconds: number): HttpAnswer {
  const { body, headers } = json(refuse('ratelimited'));
  return { status: 429, headers: { ...headers, 'retry-after': String(seconds) }, body };
}

function upload({ path, method, body }: HttpRequest, { files }: Channel): HttpAnswer {
  const status = files.upload(path.slice('/upload/'.length), method, body);
  return { status, headers: {}, body: status === 200 ? `OK - ${body.length}` : 'failed' };
}

/**
 * Answers a post to an answer URL. Each takes five answers in half an hour:
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
function hook(path: string, body: string, channel: Channel, clock: Clock): HttpAnswer {
  const refusal = channel.whisper(path, JSON.parse(body) as never, clock.now());
  return refusal === null ? { status: 200, headers: {}, body: 'ok' } : { ...json(refusal), status: 404 };
}

/** Returns the error code of a refusal; null for another answer. */
function errorIn({ body }: HttpAnswer): string | null {
  const text = body.toString();
  return text.startsWith(REFUSAL) ? (JSON.parse(text) as Refusal).error : null;
}

function json(body: Refusal | object): HttpAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
