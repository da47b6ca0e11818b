import '../../paths/silence-logs.ts';
import { expect, test } from 'vitest';
import { createPost } from '../../../functions/notify-slack/post.ts';
import type { Shown, Thread } from '../../../src/slack/threads.ts';
import { SlackRefusal, type Message, type Slack } from '../../../src/slack/web-api.ts';
import { act, ALARM, planned, question, STOPPED } from '../../src/slack/stories.ts';

type Part = keyof Thread['shown'];

/** Slack with channels that are gone, and the thread as the table keeps it. */
function open(configured: string, gone: Record<string, string>) {
  const posted: string[] = [];
  const kept: { [part in Part]?: Shown } = {};
  const check = (method: string, channel: string) => {
    const code = gone[channel];
    return code === undefined ? Promise.resolve() : Promise.reject(new SlackRefusal(method, code));
  };
  const slack: Pick<Slack, 'post' | 'update'> = {
    post: async (channel: string, { text }: Message) => {
      await check('chat.postMessage', channel);
      posted.push(`${channel}: ${text}`);
      return { channel, ts: String(posted.length) };
    },
    update: ({ channel }) => check('chat.update', channel),
  };
  const show = (_: unknown, part: Part, is: Shown) => Promise.resolve(void (kept[part] = is));
  const post = createPost(slack as Slack, configured, { show }, () => Promise.resolve());
  return {
    posted,
    kept,
    bring: (story: Thread['story']) => post({ key: 'k', story, shown: { ...kept } } as unknown as Thread),
  };
}

const asking = {
  started: ALARM,
  planned: planned({ ...act, verdict: 'ask' } as never),
  question,
};

test.each(['is_archived', 'channel_not_found', 'not_in_channel'])(
  'a thread whose channel answers %s begins anew in the configured one, once',
  async (code) => {
    const gone: Record<string, string> = {};
    const old = open('C1', gone);
    await old.bring(asking);
    gone['C1'] = code;
    const now = open('C2', gone);
    Object.assign(now.kept, old.kept);
    await now.bring({ ...asking, stopped: STOPPED });
    expect(now.posted.length).toBeGreaterThan(1);
    expect(now.posted.every((one) => one.startsWith('C2'))).toBe(true);
    const before = now.posted.length;
    await now.bring({ ...asking, stopped: STOPPED });
    expect(now.posted).toHaveLength(before);
  },
);

test('a refusal for another reason, and one of the configured channel, fail as before', async () => {
  const gone: Record<string, string> = { C1: 'is_archived' };
  const one = open('C1', gone);
  await expect(one.bring(asking)).rejects.toThrow('is_archived');
  delete gone['C1'];
  await one.bring(asking);
  gone['C1'] = 'invalid_auth';
  await expect(one.bring({ ...asking, stopped: STOPPED })).rejects.toThrow('invalid_auth');
  expect(one.posted).toHaveLength(2);
});
