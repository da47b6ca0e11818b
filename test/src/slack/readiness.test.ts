import { expect, test } from 'vitest';
import type { Detail } from '../../../src/events/details.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import type { Finding } from '../../../src/readiness/finding.ts';
import { readAsked } from '../../../src/slack/asked.ts';
import { readinessOf, worsenedOf } from '../../../src/slack/messages/readiness.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';

const AT = '2026-11-22T03:00:00.000Z';
const finding: Finding = {
  id: 'image-gone',
  severity: 'blocks',
  says: 'Image <x> is gone.',
  cure: 'Push it.',
};
const worsened: Detail<'Readiness Worsened'> = {
  ...({ version: '1', ready: 'no' } as const),
  ...{ target: 'ecs:prod/checkout', execution: 'e', at: AT, score: 40 },
  before: { at: AT, ready: 'yes', score: 100 },
  findings: Array.from({ length: 7 }, () => finding),
};

test('the line about a target that is less ready says what fell, what blocks, and the cure', () => {
  const message = worsenedOf(worsened);
  expect(message.text).toBe(':warning: A rollback of `ecs:prod/checkout` would not work now');
  const text = JSON.stringify(message.blocks);
  expect(text).toContain('fell from 100 to 40 of 100');
  expect(text).toContain('*blocks*: Image &lt;x&gt; is gone. Push it.');
  expect(text).toContain('and 2 more');
  expect(text).toContain('npx --no-install lastgood readiness ecs:prod/checkout');
  expect(messagesOf({ worsened: { ...worsened, findings: [finding] } }).root?.text).toBe(message.text);
});

test('the command shows the last check', () => {
  expect(readAsked('readiness ecs:prod/checkout', [], AT)).toEqual({
    verb: 'readiness',
    target: 'ecs:prod/checkout',
  });
  const kept: Kept = {
    ...{ target: 'ecs:prod/checkout', at: AT, score: 95, execution: 'e', past: [] },
    ready: 'yes',
    trend: 'same',
    way: { rung: 'redeploy', does: 'deploy checkout:1 again', from: 'checkout:2', to: 'checkout:1' },
    estimate: { seconds: 120, rollbacks: 0, deployments: 2 },
    findings: [{ ...finding, severity: 'risks' }],
  };
  const text = JSON.stringify(readinessOf(kept));
  expect(text).toContain('would work');
  expect(text).toContain('from `checkout:2` to `checkout:1`. It would take about 2 minutes.');
  const rehearsal = { execution: 'arn:r', at: AT, seconds: 240 };
  const rehearsed = readinessOf({ ...kept, estimate: { ...kept.estimate!, rehearsal } });
  expect(JSON.stringify(rehearsed)).toContain(
    'about 2 minutes; 4 minutes in the rehearsal of <!date^1795316400^{date_short_pretty} {time}|2026-11-22 03:00 UTC>.',
  );
});
