import { expect, test } from 'vitest';
import { happeningOf } from '../../../local/scenarios/happenings.ts';

const at = '2026-11-22T02:00:00.000Z';

test('a claim is shown with its target and its reason', () => {
  const input = { request: { target: 'ecs:prod/checkout', reason: 'it hurts' } };
  expect(happeningOf({ name: 'Claim', at, input })).toBe('Claim: ecs:prod/checkout, because it hurts');
});

test.each([{ target: 'ecs:prod/checkout' }, { request: null }, { request: 'now' }, null, 3, [], 'x'])(
  'an execution that was started with %j, which is no request, has no line',
  (input) => {
    for (const name of ['Claim', 'Judge', 'Reverted', 'Outcome'])
      expect(happeningOf({ name, at, input })).toBeNull();
  },
);
