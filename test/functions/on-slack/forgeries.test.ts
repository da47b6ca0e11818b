import '../../paths/silence-logs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onSlack, type OnSlack } from '../../../functions/on-slack/on-slack.ts';
import {
  asEvent,
  command,
  forged,
  forgedOf,
  genuine,
  genuineOf,
  NOW,
  press,
  SECRET,
  sign,
  submission,
  suggestion,
  type Sent,
} from './slack-requests.ts';
import { pressed } from '../answer-slack/desk.ts';
import { Secret } from '../../../src/aws/secret.ts';
import { BUTTON } from '../../../src/slack/buttons.ts';

const RUNS = 2_500;

/** Makes a handler that records the accepted requests. */
function tables(openForm: OnSlack['openForm'] = () => Promise.reject(new Error('opened'))) {
  const seen = new Set<string>();
  const taken: Sent[] = [];
  const handler = onSlack({
    secret: () => Promise.resolve(new Secret(SECRET, 'signing-secret')),
    nonces: {
      isNew: (word) => {
        const isNew = !seen.has(word);
        seen.add(word);
        return Promise.resolve(isNew);
      },
    },
    handOver: (sent) => Promise.resolve(void taken.push(sent)),
    openForm: (trigger, answerUrl) => openForm(trigger, answerUrl),
    now: () => new Date(NOW * 1000).toISOString(),
  });
  return { handler, taken };
}

describe('requests that claim to come from Slack', () => {
  it(`lets ${RUNS} genuine ones in, each once, exactly as they were signed`, async () => {
    const { handler, taken } = tables();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(genuine, async (sent) => {
        const { statusCode } = await handler(asEvent(sent));
        expect(statusCode).toBe(200);
        expect(taken.at(-1)).toMatchObject(sent);
        expect(taken).toHaveLength(++accepted);
      }),
      { numRuns: RUNS },
    );
  });

  it(`lets none of ${RUNS} forged ones in`, async () => {
    const { handler, taken } = tables();
    await fc.assert(
      fc.asyncProperty(forged, async (sent) => {
        const { statusCode, body } = await handler(asEvent(sent));
        expect([statusCode, body]).toEqual([401, undefined]);
        expect(taken).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it(`lets none of ${RUNS} replays in, whatever the replayer claims in headers that are not signed`, async () => {
    const { handler, taken } = tables();
    let accepted = 0;
    const claims = fc.constantFrom(
      {},
      { 'x-slack-retry-num': '1' },
      { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
    );
    await fc.assert(
      fc.asyncProperty(genuine, claims, async (sent, claim) => {
        await handler(asEvent(sent));
        accepted++;
        const { statusCode, body } = await handler(asEvent(sent, claim));
        expect(statusCode).toBe('x-slack-retry-num' in claim ? 200 : 409);
        expect(body).toBeUndefined();
        expect(taken).toHaveLength(accepted);
      }),
      { numRuns: RUNS },
    );
  });

  it('recognises an interaction that is signed anew', async () => {
    const { handler, taken } = tables();
    await fc.assert(
      fc.asyncProperty(fc.oneof(command, press, submission), async (body) => {
        const before = taken.length;
        await handler(asEvent(sign(String(NOW - 3), body)));
        await handler(asEvent(sign(String(NOW), body), { 'x-slack-retry-num': '1' }));
        expect(taken).toHaveLength(before + 1);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a genuine request that it does not handle', async () => {
    const { handler, taken } = tables();
    for (const body of [
      '',
      'payload=',
      'payload=%7B%7D',
      'command=%2Frollback',
      '{"type":"url_verification"}',
    ])
      expect((await handler(asEvent(sign(String(NOW), body)))).statusCode).toBe(400);
    expect(taken).toEqual([]);
  });

  it('refuses a request for options, which has another route, and forms of other apps', async () => {
    const { handler, taken } = tables();
    const others = submission.map((body) => body.replace('lastgood.form', 'another.form'));
    await fc.assert(
      fc.asyncProperty(genuineOf(fc.oneof(suggestion, others)), async (sent) => {
        expect((await handler(asEvent(sent))).statusCode).toBe(400);
        expect(taken).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('answers the probe of an installation, and hands nothing over', async () => {
    const { handler, taken } = tables();
    expect((await handler(asEvent(sign(String(NOW), 'ssl_check=1')))).statusCode).toBe(200);
    expect(taken).toEqual([]);
  });

  it('refuses everything before Slack is set up', async () => {
    const { handler } = tables();
    const unset = onSlack({
      secret: () => Promise.resolve(undefined),
      nonces: { isNew: () => Promise.resolve(true) },
      handOver: () => Promise.reject(new Error('handed over')),
      openForm: () => Promise.reject(new Error('opened')),
      now: () => new Date(NOW * 1000).toISOString(),
    });
    const sent = asEvent(sign(String(NOW), 'ssl_check=1'));
    expect((await unset(sent)).statusCode).toBe(503);
    expect((await handler(sent)).statusCode).toBe(200);
  });

  it.each([undefined, null, {}, { headers: null }, { headers: { 'x-slack-signature': 7 } }, []])(
    'refuses %j',
    async (event) => {
      expect((await tables().handler(event)).statusCode).toBe(401);
    },
  );
});

describe('the button that opens the form', () => {
  const user = fc.stringMatching(/^U[A-Z0-9]{5,8}$/);
  const choose = user.map((by) => pressed(by, BUTTON.choose, 'choose'));

  function opening(isInTime: boolean) {
    const opened: string[] = [];
    const stood = tables((trigger) => {
      if (!isInTime) return Promise.reject(new Error('expired_trigger_id'));
      opened.push(trigger);
      return Promise.resolve();
    });
    return { ...stood, opened };
  }

  it('opens it once for a genuine press, and hands nothing over', async () => {
    await fc.assert(
      fc.asyncProperty(genuineOf(choose), async (sent) => {
        const { handler, opened, taken } = opening(true);
        expect(await handler(asEvent(sent))).toEqual({ statusCode: 200 });
        expect((await handler(asEvent(sent))).statusCode).toBe(409);
        expect([opened.length, taken]).toEqual([1, []]);
      }),
      { numRuns: 200 },
    );
  });

  it('does not open it for a forged press', async () => {
    const { handler, opened, taken } = opening(true);
    await fc.assert(
      fc.asyncProperty(forgedOf(choose), async (sent) => {
        expect((await handler(asEvent(sent))).statusCode).toBe(401);
        expect([opened, taken]).toEqual([[], []]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('hands the press over if it was too late, so that answer-slack says so', async () => {
    const { handler, taken } = opening(false);
    const sent = sign(String(NOW), pressed('U0ADA', BUTTON.choose, 'choose'));
    expect((await handler(asEvent(sent))).statusCode).toBe(200);
    expect(taken).toMatchObject([sent]);
  });
});
