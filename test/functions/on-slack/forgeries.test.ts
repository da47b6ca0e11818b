import '../../paths/quiet.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onSlack, type OnSlack } from '../../../functions/on-slack/on-slack.ts';
import { asEvent, command, forged, genuine, NOW, press, SECRET, sign, type Sent } from './slack-requests.ts';

const RUNS = 2_500;

/** A handler that remembers what it let in. */
function stand(openForm: OnSlack['openForm'] = () => Promise.reject(new Error('opened'))) {
  const seen = new Set<string>();
  const taken: Sent[] = [];
  const handler = onSlack({
    secret: () => Promise.resolve(SECRET),
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

describe('requests that look as if they came from Slack', () => {
  it(`lets ${RUNS} genuine ones in, each once, exactly as they were signed`, async () => {
    const { handler, taken } = stand();
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
    const { handler, taken } = stand();
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
    const { handler, taken } = stand();
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

  it('knows an interaction again that is signed anew', async () => {
    const { handler, taken } = stand();
    await fc.assert(
      fc.asyncProperty(fc.oneof(command, press), async (body) => {
        const before = taken.length;
        await handler(asEvent(sign(String(NOW - 3), body)));
        await handler(asEvent(sign(String(NOW), body), { 'x-slack-retry-num': '1' }));
        expect(taken).toHaveLength(before + 1);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses what is genuine and nothing that we asked for', async () => {
    const { handler, taken } = stand();
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

  it('answers the probe of an installation, and takes nothing', async () => {
    const { handler, taken } = stand();
    expect((await handler(asEvent(sign(String(NOW), 'ssl_check=1')))).statusCode).toBe(200);
    expect(taken).toEqual([]);
  });

  it('takes nothing before Slack is set up', async () => {
    const { handler } = stand();
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
      expect((await stand().handler(event)).statusCode).toBe(401);
    },
  );
});
