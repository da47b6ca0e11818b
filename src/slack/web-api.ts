import type { AnyMessageBlock, ModalView } from 'slack-edge';
import { Throttled, Unavailable } from '../rollback/errors.ts';
import { asRecord } from '../rollback/json.ts';

/** A message of ours. `text` is what notifications and screen readers show instead of the blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly AnyMessageBlock[];
}

/** Where a message stands: Slack knows one by its channel and its timestamp. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Slack refused a call for good; `code` is Slack's word for why: `channel_not_found`. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  constructor(method: string, code: string) {
    super(`Slack refused ${method}: ${code}`);
    this.code = code;
  }
}

/** Slack takes no more for now; `seconds` is when it will again. */
export class SlackLimit extends Throttled {
  readonly seconds: number;
  constructor(method: string, seconds: number) {
    super(`Slack limits the rate of ${method}: again after ${seconds} s`);
    this.seconds = seconds;
  }
}

export interface Slack {
  /** Posts a message, in a thread if one is named. Throws Throttled, Unavailable or SlackRefusal, as all of these do. */
  post(channel: string, message: Message, thread?: string): Promise<Place>;
  update(place: Place, message: Message): Promise<void>;
  /** Ids of the users in a user group. */
  members(group: string): Promise<readonly string[]>;
  /** Opens a modal in front of the person whose interaction the trigger is of; it is good for three seconds, once. */
  open(trigger: string, view: ModalView): Promise<void>;
  /** Uploads a PNG and shows it in a thread. Slack works on it after its answer: it may be seen a little later. */
  picture(channel: string, thread: string, title: string, png: Uint8Array): Promise<void>;
}

/** How long to wait where Slack does not say: what its own example says. */
const UNTOLD_SECONDS = 30;

/** Long enough for Slack on a slow day, short enough for a Lambda. */
const TIMEOUT_MS = 5_000;

/**
 * Slack's Web API, as far as it is used: https://docs.slack.dev/apis/web-api/
 * @param base URL that ends in `/api/`
 */
export function createSlack(get: typeof fetch, base: string, token: string): Slack {
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

/** Links in other people's words are not unfurled: that would make Slack fetch them. */
function formOf({ text, blocks }: Message): Record<string, string> {
  return { text, blocks: JSON.stringify(blocks), unfurl_links: 'false', unfurl_media: 'false' };
}

/** https://docs.slack.dev/messaging/working-with-files: raw bytes; any other answer than 200 means that it failed. */
async function upload(get: typeof fetch, url: string, bytes: Uint8Array): Promise<void> {
  const { status } = await send(get, 'upload', url, { method: 'POST', body: Buffer.from(bytes) });
  if (status !== 200) throw new SlackRefusal('upload', `status ${status}`);
}

type Answer = Readonly<Record<string, unknown>>;

async function callMethod(
  get: typeof fetch,
  base: string,
  token: string,
  method: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await send(get, method, new URL(method, base).href, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(form),
  });
  const answer = asRecord(await response.json().catch(() => null));
  if (answer?.['ok'] === true) return answer;
  const code = typeof answer?.['error'] === 'string' ? answer['error'] : 'no_answer';
  throw refusalOf(method, code);
}

/** Slack answers with 200 to what it refuses; these words mean that it may be better in a while. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'no_answer',
]);

function refusalOf(method: string, code: string): Error {
  if (code === 'ratelimited' || code === 'rate_limited') return new SlackLimit(method, UNTOLD_SECONDS);
  return PASSING.has(code) ? new Unavailable(`Slack: ${method}: ${code}`) : new SlackRefusal(method, code);
}

/**
 * One request. Its address is never logged, because some of Slack's addresses are secrets.
 * Rate limits: https://docs.slack.dev/apis/web-api/rate-limits
 * @throws SlackLimit on 429, Unavailable when there is no answer, or a 5xx, in time
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
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) : UNTOLD_SECONDS;
}
