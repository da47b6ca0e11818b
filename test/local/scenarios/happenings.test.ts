import { expect, test } from 'vitest';
import { lineOf, phaseOf } from '../../../local/scenarios/happenings.ts';

const at = '2026-11-22T02:00:00.000Z';

const request = { target: 'ecs:prod/checkout', reason: 'it hurts' };

test('a claim is shown with its target and its reason, once it is held', () => {
  expect(phaseOf({ name: 'Claim', at, input: { request } })).toBeNull();
  const phase = phaseOf({ name: 'Claimed', at, input: { request } });
  expect(phase && lineOf(phase)).toBe('Claim: holds ecs:prod/checkout: it hurts');
});

test('a claim that was refused is not shown as held', () => {
  const error = { Error: 'TargetClaimed', Cause: '' };
  const phase = phaseOf({ name: 'Interrupt', at, input: { request, error } }, 'Claim');
  expect(phase && lineOf(phase)).toBe('Claim: is refused: another rollback holds ecs:prod/checkout');
});

test('a stop is shown after the state Stop, and not with each further way back', () => {
  const input = { request, stopped: { state: 'stopped', deployment: 'd-1' } };
  const phase = phaseOf({ name: 'Revert', at, input }, 'Stop');
  expect(phase && lineOf(phase)).toBe('Stop: stopped d-1');
  expect(phaseOf({ name: 'Revert', at, input }, 'Settled')).toBeNull();
  expect(phaseOf({ name: 'Revert', at, input })).toBeNull();
});

test.each([{ target: 'ecs:prod/checkout' }, { request: null }, { request: 'now' }, null, 3, [], 'x'])(
  'an execution that was started with %j, which is no request, has no line',
  (input) => {
    for (const name of ['Claim', 'Judge', 'Reverted', 'Outcome'])
      expect(phaseOf({ name, at, input })).toBeNull();
  },
);
