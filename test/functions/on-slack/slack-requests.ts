import { createHmac } from 'node:crypto';
import fc from 'fast-check';

export const SECRET = 'a secret';
/** The current time, in seconds since the epoch. */
export const NOW = Date.parse('2026-11-22T03:00:00Z') / 1000;

export interface Sent {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export const sign = (timestamp: string, body: string, secret = SECRET): Sent => ({
  timestamp,
  body,
  signature: `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
});

/** Returns API Gateway's event for a request. */
export const asEvent = (
  { timestamp, signature, body }: Sent,
  more: Record<string, string> = {},
): unknown => ({
  version: '2.0',
  headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature, ...more },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

const id = (prefix: string) => fc.stringMatching(/^[A-Z0-9]{8,10}$/).map((rest) => prefix + rest);
const trigger = fc.uuid();

/** Slash commands with arbitrary text. */
export const command = fc
  .record({ text: fc.string({ unit: 'grapheme', maxLength: 200 }), user: id('U'), channel: id('C'), trigger })
  .map(({ text, user, channel, trigger: trigger_id }) =>
    new URLSearchParams({
      command: '/rollback',
      text: text.toWellFormed(),
      team_id: 'T0TEAM',
      user_id: user,
      channel_id: channel,
      trigger_id,
      response_url: 'https://hooks.slack.com/commands/1',
    }).toString(),
  );

export const press = fc
  .record({ user: id('U'), channel: id('C'), trigger, value: fc.string({ maxLength: 500 }) })
  .map(({ user, channel, trigger: trigger_id, value }) => {
    const payload = {
      type: 'block_actions',
      team: { id: 'T0TEAM' },
      user: { id: user },
      channel: { id: channel },
      trigger_id,
      response_url: 'https://hooks.slack.com/actions/1',
      actions: [{ action_id: 'lastgood.approve', value }],
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  });

const payloadOf = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

/** Returns the body of a submitted form. */
export const submissionOf = (user: string, view: string, values: Readonly<Record<string, unknown>>): string =>
  payloadOf({
    type: 'view_submission',
    team: { id: 'T0TEAM' },
    user: { id: user },
    view: {
      id: view,
      callback_id: 'lastgood.form',
      private_metadata: JSON.stringify({ answerUrl: 'https://hooks.slack.com/actions/1' }),
      state: {
        values: {
          target: { target: { type: 'external_select', selected_option: { value: values['target'] } } },
          revision: { revision: { type: 'plain_text_input', value: values['revision'] ?? null } },
          reason: { reason: { type: 'plain_text_input', value: values['reason'] ?? null } },
        },
      },
    },
  });

/** Forms with arbitrary text. */
export const submission = fc
  .record({
    user: id('U'),
    view: trigger,
    target: fc.string({ maxLength: 75 }),
    reason: fc.option(fc.string({ unit: 'grapheme', maxLength: 100 })),
    revision: fc.option(fc.string({ maxLength: 100 })),
  })
  .map(({ user, view, reason, ...values }) =>
    submissionOf(user, view, { ...values, reason: reason?.toWellFormed() }),
  );

/** Returns the body of a request for options. */
export const suggestionOf = (user: string, typed: string): string =>
  payloadOf({
    type: 'block_suggestion',
    team: { id: 'T0TEAM' },
    user: { id: user },
    container: { type: 'view' },
    block_id: 'target',
    action_id: 'target',
    value: typed,
  });

export const suggestion = fc
  .record({ user: id('U'), typed: fc.string({ unit: 'grapheme', maxLength: 60 }) })
  .map(({ user, typed }) => suggestionOf(user, typed.toWellFormed()));

const anyBody = fc.oneof(command, press, submission);

/** Genuine requests: up to five minutes on the way, with a clock up to a minute ahead. */
export const genuineOf = (bodies: fc.Arbitrary<string>): fc.Arbitrary<Sent> =>
  fc.tuple(bodies, fc.integer({ min: -60, max: 300 })).map(([body, age]) => sign(String(NOW - age), body));

export const genuine = genuineOf(anyBody);

const changed = (text: string, at: number, by: number): string => {
  const index = at % text.length;
  const code = (text.charCodeAt(index) ^ (1 + (by % 7))) & 0x7f;
  return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
};
const anywhere = fc.tuple(fc.nat(), fc.nat());

/** Every forgery. */
export function forgedOf(bodies: fc.Arbitrary<string>): fc.Arbitrary<Sent> {
  const genuine = genuineOf(bodies);
  return fc.oneof(
    fc.tuple(genuine, anywhere).map(([sent, [at, by]]) => ({ ...sent, body: changed(sent.body, at, by) })),
    fc
      .tuple(genuine, anywhere)
      .map(([sent, [at, by]]) => ({ ...sent, signature: changed(sent.signature, at, by) })),
    fc.tuple(genuine, fc.integer({ min: 1, max: 200 })).map(([sent, by]) => ({
      ...sent,
      timestamp: String(Number(sent.timestamp) + by),
    })),
    fc.tuple(bodies, fc.integer({ min: 301, max: 1e9 })).map(([body, age]) => sign(String(NOW - age), body)),
    fc
      .tuple(bodies, fc.integer({ min: 61, max: 1e9 }))
      .map(([body, ahead]) => sign(String(NOW + ahead), body)),
    fc.tuple(bodies, fc.string({ maxLength: 30 })).map(([body, secret]) => sign(String(NOW), body, secret)),
    fc.tuple(genuine, fc.string()).map(([sent, signature]) => ({ ...sent, signature })),
    fc.tuple(genuine, fc.constantFrom('', 'v0=', 'v1=', 'V0=')).map(([sent, prefix]) => ({
      ...sent,
      signature: prefix + sent.signature.slice(3, prefix === 'v0=' ? 66 : 67),
    })),
    bodies.chain((body) =>
      fc
        .constantFrom(
          `${NOW}.5`,
          `+${NOW}`,
          ` ${NOW}`,
          `${NOW} `,
          `0${NOW}`,
          `${NOW}e0`,
          'NaN',
          '',
          '0x6a1',
          '-1',
        )
        .map((timestamp) => sign(timestamp, body)),
    ),
    genuine.map((sent) => ({ ...sent, signature: sent.signature.toUpperCase() })),
  );
}

export const forged = forgedOf(anyBody);
