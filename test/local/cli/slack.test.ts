import { globSync, readFileSync } from 'node:fs';
import { has } from 'node-emoji';
import { describe, expect, test } from 'vitest';
import { renderMrkdwn } from '../../../local/cli/story/mrkdwn.ts';
import { messageLines, slackRow } from '../../../local/cli/story/slack.ts';
import { buttons, clock, note, paragraph } from '../../../src/slack/messages/blocks.ts';
import type { Block } from '../../../local/slack/block.ts';

describe('markup', () => {
  test.each([
    ['*Roll `ecs:prod/checkout` back?*', 'Roll ecs:prod/checkout back?'],
    [':eyes: Looking at <@U0ADA>', '👀 Looking at @ada'],
    [`Answer by ${clock('2026-11-22T02:23:12.000Z')}.`, 'Answer by 02:23:12 UTC.'],
    ['see <https://example.com/a?b=c|the graph>', 'see the graph'],
    ['see <https://example.com>', 'see https://example.com'],
    ['image: &lt;!channel&gt; &amp; more', 'image: <!channel> & more'],
    ['_slow_ and ~gone~', 'slow and gone'],
    ['2 * 3 * 4, a_b_c, `*no*`', '2 * 3 * 4, a_b_c, *no*'],
  ])('%j is shown as %j', (text, shown) => {
    expect(renderMrkdwn(text, false)).toBe(shown);
  });

  test('is coloured on a terminal', () => {
    expect(renderMrkdwn('*bold*', true)).toBe('\u001b[1mbold\u001b[22m');
  });

  test('of every emoji in the messages of Lastgood is known', () => {
    const sources = globSync('src/slack/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    const names = sources.flatMap((text) => [...text.matchAll(/:([a-z_]+): /g)].map(([, name = '']) => name));
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !has(name))).toEqual([]);
  });
});

const blocks = [
  paragraph('*Go back?*\n• a change of a rather long image of the service'),
  note('from `checkout:2`'),
  buttons({ id: 'a', label: 'Approve', value: '1' }, { id: 'b', label: 'Deny', value: '2' }),
] as unknown as readonly Block[];

test('a message has its lines one below the other, and its buttons side by side', () => {
  expect(messageLines(blocks, { columns: 30, isColoured: false })).toEqual([
    'Go back?',
    '• a change of a rather long',
    '  image of the service',
    'from checkout:2',
    '[ Approve ]  [ Deny ]',
  ]);
});

test('a thread is indented, and a private message says who sees it', () => {
  const page = { columns: 40, isColoured: false };
  const thread = slackRow({ by: 'app', isInThread: true, isChange: true, blocks }, page);
  expect(thread).toMatchObject({ who: 'Lastgood', says: 'in the thread, edits its message' });
  expect(thread.lines?.every((line) => line.startsWith('│ '))).toBe(true);
  expect(slackRow({ by: 'app', to: 'U0ADA', isInThread: false, isChange: false, blocks }, page).says).toBe(
    'only @ada sees this',
  );
  expect(slackRow({ by: 'person', user: 'U0BEN', does: 'presses', what: 'Approve' }, page)).toMatchObject({
    who: '@ben',
    says: 'presses [ Approve ]',
  });
});
