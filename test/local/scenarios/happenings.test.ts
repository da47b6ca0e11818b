import { expect, test } from 'vitest';
import { lineOf, phaseOf } from '../../../local/scenarios/happenings.ts';

const at = '2026-11-22T02:00:00.000Z';

test('a claim is shown with its target and its reason', () => {
  const input = { request: { target: 'ecs:prod/checkout', reason: 'it hurts' } };
  const phase = phaseOf({ name: 'Claim', at, input });
  expect(phase && lineOf(phase)).toBe('Claim: holds ecs:prod/checkout: it hurts');
});

test.each([{ target: 'ecs:prod/checkout' }, { request: null }, { request: 'now' }, null, 3, [], 'x'])(
  'an execution that was started with %j, which is no request, has no line',
  (input) => {
    for (const name of ['Claim', 'Judge', 'Reverted', 'Outcome'])
      expect(phaseOf({ name, at, input })).toBeNull();
  },
);
