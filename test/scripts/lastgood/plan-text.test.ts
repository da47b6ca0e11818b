import { expect, test } from 'vitest';
import { textOf } from '../../../scripts/lastgood/plan/text.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';

const AT = '2026-11-22T03:00:00.000Z';
const ready: Ready = {
  state: 'ready',
  at: AT,
  tags: { lastgood: 'auto' },
  watch: { targetGroups: [], alarms: [], probes: [] },
  source: 'ledger',
  from: { id: 'b', name: 'checkout:2' },
  to: { id: 'a', name: 'checkout:1' },
  fromTags: {},
  rungs: [
    { name: 'stop', does: 'stop the deployment', withinSeconds: 300 },
    { name: 'redeploy', does: 'deploy checkout:1', withinSeconds: 900 },
  ],
  memo: null,
};
const verdict: Verdict = {
  verdict: 'ask',
  at: AT,
  countdownSeconds: 300,
  onSilence: 'stay',
  confidence: 0.62,
  reasons: ['ada asked for it: it hurts.', 'It is frozen.'],
  against: ['It is frozen.'],
};

test('a plan has from, to, how, the reasons for and against it, and the verdict', () => {
  expect(textOf('ecs:prod/checkout', ready, verdict)).toBe(`ecs:prod/checkout
  from     checkout:2
  to       checkout:1, proven in the ledger
  verdict  ask: Lastgood would ask a person first, confidence 62 %, as of 2026-11-22 03:00 UTC

How
  stop the deployment (within 5 minutes)
  else deploy checkout:1 (within 15 minutes)

Changes
  not read: AWS does not show them

What speaks for it
  ada asked for it: it hurts.

Objections
  It is frozen.`);
});

test('no changes read differently from unknown changes', () => {
  const text = textOf('ecs:prod/checkout', { ...ready, changes: [], state: 'join' }, verdict);
  expect(text).toContain('Changes\n  nothing that AWS shows\n');
  expect(text).toContain('Notes\n  AWS is going back already: a rollback would join it.');
});

test.each([
  ['nothing-to-do', 'ecs:prod/checkout: nothing to do: it runs.'],
  ['no-way-back', 'ecs:prod/checkout: no way back: it runs.'],
] as const)('a plan without a way back is one line: %s', (state, text) => {
  expect(textOf('ecs:prod/checkout', { state, at: AT, tags: {}, reason: 'it runs.' }, verdict)).toBe(text);
});
