import type { AnyMessageBlock, ModalView } from 'slack-edge';
import type { Secret } from '../aws/secret.ts';
import { Throttled, Unavailable } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';

/** A message to post. Notifications and screen readers show `text` instead of the blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly AnyMessageBlock[];
}

/** The place of a message: Slack identifies it by its channel and its timestamp. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** A permanent refusal. `code` is Slack's error code, such as `channel_not_found`. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  constructor(method: string, code: string) {
    super(`Slack refused ${method}: ${code}`);
    this.code = code;
  }
}

/** A rate limit. Slack accepts the next call after `seconds`. */
export class SlackLimit extends Throttled {
  readonly seconds: number;
  constructor(method: string, seconds: number) {
    super(`Slack limits the rate of ${method}: retry after ${seconds} s`);
    this.seconds = seconds;
  }
}

export interface Slack {
  /** Posts a message, in a thread if one is named. Every method throws SlackLimit, Unavailable or SlackRefusal. */
  post(channel: string, message: Message, thread?: string): Promise<Place>;
  update(place: Place, message: Message): Promise<void>;
  /** Returns the ids of the users in a user group. */
  members(group: string): Promise<readonly string[]>;
  /** Opens a modal for the person whose interaction has this trigger. A trigger works once, within three seconds. */
  open(trigger: string, view: ModalView): Promise<void>;
  /** Uploads a PNG to a thread. Slack processes it after its answer, so it may appear a little later. */
  picture(channel: string, thread: string, title: string, png: Uint8Array): Promise<void>;
}

/** How long to wait if Slack does not say. Slack's own example has this value. */
const DEFAULT_RETRY_SECONDS = 30;

/** Long enough for Slack on a slow day, short enough for a Lambda. */
const TIMEOUT_MS = 5_000;

/**
 * Makes a client for the used part of Slack's Web API: https://docs.slack.dev/apis/web-api/
 * @param base URL that ends in `/api/`
 */
export function createSlack(get: typeof fetch, base: string, token: Secret): Slack {
  const call = (method: string, form: Readonly<Record<string, string>>) =>
    callMethod(get, base, token, method, form);
  return {
    async post(channel, message, thread) {
      const form = { channel, ...formOf(message), ...(thread !== undefined && { thread_ts: thread }) };
      const { channel: where, ts } = await call('chat.postMessage', form);
      return { channel: String(where), ts: String(ts) };
    },
    async update({ channel, ts }, message) {
      await call('chat.update', { channel, ts, ...formOf(message) });
    },
    async members(group) {
      const { users } = await call('usergroups.users.list', { usergroup: group });
      return Array.isArray(users) ? users.map(String) : [];
    },
    async open(trigger, view) {
      await call('views.open', { trigger_id: trigger, view: JSON.stringify(view) });
    },
    async picture(channel, thread, title, png) {
      const size = { filename: 'alarm.png', length: String(png.byteLength) };
      const { upload_url: url, file_id: file } = await call('files.getUploadURLExternal', size);
      await upload(get, String(url), png);
      const files = JSON.stringify([{ id: file, title }]);
      await call('files.completeUploadExternal', { files, channel_id: channel, thread_ts: thread });
    },
  };
}

/** Disables unfurling: Slack would fetch links in untrusted text. */
function formOf({ text, blocks }: Message): Record<string, string> {
  return { text, blocks: JSON.stringify(blocks), unfurl_links: 'false', unfurl_media: 'false' };
}

/** Uploads raw bytes. Any status but 200 is a failure: https://docs.slack.dev/messaging/working-with-files */
async function upload(get: typeof fetch, url: string, bytes: Uint8Array): Promise<void> {
  const { status } = await send(get, 'upload', url, { method: 'POST', body: Buffer.from(bytes) });
  if (status !== 200) throw new SlackRefusal('upload', `status ${status}`);
}

type Answer = Readonly<Record<string, unknown>>;

async function callMethod(
  get: typeof fetch,
  base: string,
  token: Secret,
  method: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await send(get, method, new URL(method, base).href, {
    method: 'POST',
    headers: { authorization: token.asBearer() },
    body: new URLSearchParams(form),
  });
  const answer = asRecord(await response.json().catch(() => null));
  if (answer?.['ok'] === true) return answer;
  throw refusalOf(method, codeIn(answer));
}

/** Returns Slack's error code. Any other text may repeat the request. */
function codeIn(answer: Answer | null): string {
  const code = answer?.['error'];
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : 'no_answer';
}

/** Error codes after which a retry may succeed. Slack sends them with status 200. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'no_answer',
]);

function refusalOf(method: string, code: string): Error {
  if (code === 'ratelimited' || code === 'rate_limited') return new SlackLimit(method, DEFAULT_RETRY_SECONDS);
  return PASSING.has(code) ? new Unavailable(`Slack: ${method}: ${code}`) : new SlackRefusal(method, code);
}

/**
 * Sends one request. Never logs the URL, because some of Slack's URLs are secrets.
 * Rate limits: https://docs.slack.dev/apis/web-api/rate-limits
 * @throws SlackLimit on 429; Unavailable on a 5xx or if there is no answer in time
 */
export async function send(
  get: typeof fetch,
  what: string,
  url: string,
  request: RequestInit,
): Promise<Response> {
  const response = await get(url, {
    ...request,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response === null) throw new Unavailable(`Slack did not answer ${what}`);
  if (response.status === 429) throw new SlackLimit(what, secondsIn(response.headers.get('retry-after')));
  if (response.status >= 500) throw new Unavailable(`Slack answered ${what} with ${response.status}`);
  return response;
}

function secondsIn(header: string | null): number {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) : DEFAULT_RETRY_SECONDS;
}
