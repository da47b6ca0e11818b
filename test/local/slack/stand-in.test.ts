import { expect, onTestFinished, test } from 'vitest';
import { Channel } from '../../../local/slack/channel.ts';
import { startSlack } from '../../../local/slack/server.ts';
import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { Secret } from '../../../src/aws/secret.ts';
import { createSlack, SlackLimit, SlackRefusal } from '../../../src/slack/web-api.ts';

const TOKEN = 'xoxb-1';
const PNG = Buffer.from('a picture');
const message = { text: 'hello', blocks: [] };

async function open() {
  const clock = new Clock('2026-11-22T03:00:00.000Z');
  const channel = new Channel('C1', new Random(1, 'slack'), () => clock.now());
  const server = await startSlack({ channel, clock, token: TOKEN });
  onTestFinished(() => server.close());
  const ask = async (method: string, form: Readonly<Record<string, string>>) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const body = new URLSearchParams(form);
    const response = await fetch(server.api + method, { method: 'POST', headers, body });
    return (await response.json()) as Readonly<Record<string, string>>;
  };
  const later = (seconds: number) => clock.run(() => false, clock.now() + seconds * 1000);
  return {
    channel,
    server,
    ask,
    later,
    slack: createSlack(fetch, server.api, new Secret(TOKEN, 'bot-token')),
  };
}

/** Announces a file of the picture's size. */
async function announce({ ask }: Awaited<ReturnType<typeof open>>) {
  const { upload_url: url = '', file_id: id = '' } = await ask('files.getUploadURLExternal', {
    filename: 'alarm.png',
    length: String(PNG.length),
  });
  return { url, files: JSON.stringify([{ id, title: 'Alarm' }]) };
}

test('a picture is announced, uploaded and shared in a thread', async () => {
  const { channel, slack } = await open();
  const { ts } = await slack.post('C1', message);
  await slack.picture('C1', ts, 'Alarm checkout-errors', PNG);
  expect(channel.files.shared).toEqual([
    { thread: ts, title: 'Alarm checkout-errors', name: 'alarm.png', content: PNG },
  ]);
});

// https://docs.slack.dev/reference/methods/files.getUploadURLExternal
test.each([
  [{ filename: 'a.png' }, 'missing_argument'],
  [{ filename: 'a.png', length: '0' }, 'missing_argument'],
  [{ length: '5' }, 'missing_argument'],
  [{ filename: 'a.png', length: 'five' }, 'invalid_arguments'],
])('a file announced as %j is refused: %s', async (form, error) => {
  const { ask } = await open();
  expect(await ask('files.getUploadURLExternal', form)).toEqual({ ok: false, error });
});

// https://docs.slack.dev/reference/methods/files.completeUploadExternal
test('a file is completed once, after its upload, in a channel and below a parent', async () => {
  const opened = await open();
  const { ask, slack } = opened;
  const { ts } = await slack.post('C1', message);
  const reply = await slack.post('C1', message, ts);
  const { url, files } = await announce(opened);
  const complete = (more: Readonly<Record<string, string>>) =>
    ask('files.completeUploadExternal', { files, channel_id: 'C1', ...more });
  expect((await complete({})).error).toBe('file_not_found');
  expect((await fetch(url, { method: 'POST', body: 'other' })).status).toBe(400);
  expect((await fetch(url, { method: 'PUT', body: PNG })).status).toBe(400);
  expect((await fetch(url, { method: 'POST', body: PNG })).status).toBe(200);
  expect((await complete({ channel_id: 'C2' })).error).toBe('invalid_channel');
  expect((await complete({ thread_ts: reply.ts })).error).toBe('invalid_arguments');
  expect((await ask('files.completeUploadExternal', { files, thread_ts: ts })).error).toBe(
    'invalid_arguments',
  );
  for (const wrong of ['alarm.png', '[]', '[{}]', '{}'])
    expect((await complete({ files: wrong })).error).toBe('invalid_arguments');
  expect((await complete({ thread_ts: ts })).ok).toBe(true);
  expect((await complete({ thread_ts: ts })).error).toBe('file_not_found');
  expect((await fetch(url, { method: 'POST', body: PNG })).status).toBe(404);
});

test('a file that is completed without a channel stays private', async () => {
  const opened = await open();
  const { url, files } = await announce(opened);
  await fetch(url, { method: 'POST', body: PNG });
  expect((await opened.ask('files.completeUploadExternal', { files })).ok).toBe(true);
  expect(opened.channel.files.shared).toEqual([]);
});

// https://docs.slack.dev/reference/block-kit/blocks
test.each([
  ['a section without a character', [{ type: 'section', text: { type: 'mrkdwn', text: '' } }]],
  ['a context without a character', [{ type: 'context', elements: [{ type: 'mrkdwn', text: '' }] }]],
  ['a context of eleven', [{ type: 'context', elements: Array(11).fill({ type: 'mrkdwn', text: 'a' }) }]],
  ['a button with a long label', [actionsOf(['a', 'x'.repeat(76)])]],
  ['two buttons of one name', [actionsOf(['a', 'Yes'], ['a', 'No'])]],
  ['51 blocks', Array(51).fill({ type: 'section', text: { type: 'mrkdwn', text: 'a' } })],
])('%s is refused in a channel, and as a change', async (_, blocks) => {
  const { slack, channel } = await open();
  const wrong = { text: 'hello', blocks: blocks as never };
  await expect(slack.post('C1', wrong)).rejects.toMatchObject({ code: 'invalid_blocks' });
  const place = await slack.post('C1', message);
  await expect(slack.update(place, wrong)).rejects.toMatchObject({ code: 'invalid_blocks' });
  expect(channel.posted).toMatchObject([{ blocks: [], updates: 0 }]);
});

test('anything but a list of blocks is refused', async () => {
  const { ask } = await open();
  for (const blocks of ['', '{}', '"hello"'])
    expect(await ask('chat.postMessage', { channel: 'C1', text: 'hello', blocks })).toEqual({
      ...{ ok: false, error: 'invalid_blocks_format' },
    });
});

function actionsOf(...buttons: readonly (readonly [id: string, label: string])[]) {
  const elements = buttons.map(([action_id, text]) => ({
    ...{ type: 'button', action_id, value: 'v', text: { type: 'plain_text', text } },
  }));
  return { type: 'actions', elements };
}

test('a workspace that accepts no files refuses the picture', async () => {
  const { channel, slack } = await open();
  const { ts } = await slack.post('C1', message);
  channel.files.areDisabled = true;
  const refused = slack.picture('C1', ts, 'Alarm', PNG);
  await expect(refused).rejects.toThrow(SlackRefusal);
  await expect(refused).rejects.toMatchObject({ code: 'file_uploads_disabled' });
});

// https://docs.slack.dev/apis/web-api/rate-limits
test('messages pass at one a second after a short burst; an early call gets the time to wait', async () => {
  const { slack, later, server } = await open();
  server.limits.set('chat.postMessage', { burst: 1, perMinute: 6 });
  await slack.post('C1', message);
  await later(3);
  const limit = await slack.post('C1', message).catch((error: unknown) => error);
  expect(limit).toBeInstanceOf(SlackLimit);
  expect(limit).toMatchObject({ seconds: 7, name: 'Throttled' });
  await later(6);
  await expect(slack.post('C1', message)).rejects.toThrow('retry after 1 s');
  expect(server.limits.early).toEqual(['chat.postMessage']);
  await later(1);
  await slack.post('C1', message);
  expect(server.limits).toMatchObject({ throttled: 2, early: ['chat.postMessage'] });
});

test('a limit is of one method: other methods still pass', async () => {
  const { slack, server, channel } = await open();
  for (let i = 0; i < 3; i++) await slack.post('C1', message);
  await expect(slack.post('C1', message)).rejects.toThrow(SlackLimit);
  const [first] = channel.posted;
  for (let i = 0; i < 50; i++) await slack.update({ channel: 'C1', ts: first?.ts ?? '' }, message);
  await expect(slack.update({ channel: 'C1', ts: first?.ts ?? '' }, message)).rejects.toThrow(SlackLimit);
  expect(server.limits.throttled).toBe(2);
});
