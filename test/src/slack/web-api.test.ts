import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/aws/secret.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import { createSlack, SlackLimit, SlackRefusal } from '../../../src/slack/web-api.ts';

/** Returns the error of a call that Slack answers so. */
async function errorOf(answer: () => Response): Promise<unknown> {
  const slack = createSlack(
    () => Promise.resolve(answer()),
    'https://slack.example/api/',
    new Secret('xoxb', 'bot-token'),
  );
  return slack
    .update({ channel: 'C1', ts: '1' }, { text: 'hello', blocks: [] })
    .catch((error: unknown) => error);
}

const refusing = (error: unknown) => () => Response.json({ ok: false, error });

describe('an error of Slack', () => {
  test.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'no_answer'])(
    'may pass: %s',
    async (code) => {
      expect(await errorOf(refusing(code))).toBeInstanceOf(Unavailable);
    },
  );

  test.each(['ratelimited', 'rate_limited'])('is a limit of half a minute: %s', async (code) => {
    const error = await errorOf(refusing(code));
    expect(error).toBeInstanceOf(SlackLimit);
    expect(error).toMatchObject({ seconds: 30 });
  });

  test.each(['channel_not_found', 'invalid_auth', 'token_revoked', 'internal', 'timeout', 'is_archived'])(
    'stays: %s',
    async (code) => {
      expect(await errorOf(refusing(code))).toBeInstanceOf(SlackRefusal);
    },
  );

  test.each<[string, () => Response]>([
    ['no JSON', () => new Response('<html>')],
    ['no error code', refusing(undefined)],
    ['words for a code', refusing('your token xoxb is wrong')],
    ['status 503', () => new Response('', { status: 503 })],
  ])('that says nothing may pass, and is not quoted: %s', async (_, answer) => {
    const error = await errorOf(answer);
    expect(error).toBeInstanceOf(Unavailable);
    expect(String(error)).not.toContain('xoxb');
  });
});
