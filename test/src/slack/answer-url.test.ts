import '../../paths/silence-logs.ts';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Channel } from '../../../local/slack/channel.ts';
import { startSlack } from '../../../local/slack/server.ts';
import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { logger } from '../../../src/lambda/logger.ts';
import { createAnswerTo } from '../../../src/slack/answer-url.ts';
import { say } from '../../../src/slack/messages/answers.ts';
import { paragraph } from '../../../src/slack/messages/blocks.ts';

afterEach(() => vi.restoreAllMocks());

async function open() {
  const clock = new Clock('2026-11-22T03:00:00.000Z');
  const channel = new Channel('C1', new Random(1, 'slack'), () => clock.now());
  const server = await startSlack({ channel, clock, token: 'xoxb-1' });
  onTestFinished(() => server.close());
  const logged = vi.spyOn(logger, 'error').mockReturnValue();
  const url = channel.hookFor('U0ADA', clock.now());
  return { channel, server, logged, url, answerTo: createAnswerTo(fetch, server.hooks) };
}

test('an accepted answer is not logged', async () => {
  const { channel, logged, url, answerTo } = await open();
  await answerTo(url, say('hello'));
  expect(channel.whispers).toMatchObject([{ to: 'U0ADA', text: 'hello' }]);
  expect(logged).not.toHaveBeenCalled();
});

test.each([
  [
    'msg_blocks_too_long',
    { text: 'long', blocks: Array.from({ length: 5 }, () => paragraph('x'.repeat(3000))) },
  ],
  ['invalid_blocks', { text: 'empty', blocks: [paragraph('')] }],
])('a permanent refusal (%s) is logged, without the URL', async (why, message) => {
  const { channel, logged, url, answerTo } = await open();
  await answerTo(url, message);
  expect(channel.whispers).toEqual([]);
  const [says, more] = logged.mock.calls[0] ?? [];
  expect([says, more]).toMatchObject(['Slack refused an answer', { status: 404 }]);
  expect(JSON.stringify(more)).toContain(why);
  expect(JSON.stringify(more)).not.toContain(url);
});

test('a refusal that repeats the URL is logged without it', async () => {
  const logged = vi.spyOn(logger, 'error').mockReturnValue();
  const url = 'https://hooks.slack.com/commands/hunter2';
  const echo = () => Promise.resolve(new Response(`no such hook: ${url}`, { status: 404 }));
  await createAnswerTo(echo, 'https://hooks.slack.com')(url, say('hello'));
  expect(logged.mock.calls).toEqual([['Slack refused an answer', { status: 404, why: 'unknown' }]]);
});

test.each(['hunter2', 'https://evil.example/hunter2', 'https://['])(
  'an address that is not one of Slack, %j, is refused and not repeated',
  async (url) => {
    const answered = createAnswerTo(fetch, 'https://hooks.slack.com')(url, say('hello'));
    await expect(answered).rejects.toThrow(/^response_url: is not an address of Slack$/);
  },
);

test('an outage is thrown, so that Lambda tries again', async () => {
  const { server, url, answerTo } = await open();
  server.trouble = 'away';
  await expect(answerTo(url, say('hello'))).rejects.toThrow('503');
});
