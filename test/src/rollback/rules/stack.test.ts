import { expect, test } from 'vitest';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import { at, BY_HAND, facts, found, NOW, planOf, unknown } from '../judge-facts.ts';

const tags = { lastgood: 'auto', 'aws:cloudformation:stack-name': 'shop' };
const verdict = (stack: Facts['stack'], more: Partial<Facts> = {}) =>
  judge(facts({ plan: planOf(tags), takenUpAt: NOW, ...(stack !== undefined && { stack }), ...more }), NOW);

test.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'IMPORT_IN_PROGRESS'])(
  'asks while the stack of the target is %s, whatever silence means',
  (status) => {
    const asked = verdict(found({ status, at: at('03:01') }), {
      plan: planOf({ ...tags, 'lastgood:silence': 'go' }),
    });
    expect(asked).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    expect(asked.reasons[0]).toBe(
      `The stack shop, which has ecs:prod/checkout, is ${status} since ${at('03:01')}: going back inside it may make its update fail. To stop the update instead, roll back cloudformation:shop.`,
    );
  },
);

test('asks a person who requests it too', () => {
  const stack = found({ status: 'UPDATE_IN_PROGRESS', at: at('03:01') });
  expect(verdict(stack, { request: BY_HAND }).verdict).toBe('ask');
});

test.each([
  ['has no stack', undefined],
  ['has a stack without an event', found(null)],
  ['cannot be read', unknown('too slow')],
  ['is updated', found({ status: 'UPDATE_COMPLETE', at: at('03:01') })],
  ['cleans up', found({ status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', at: at('03:01') })],
  ['began more than a day ago', found({ status: 'UPDATE_IN_PROGRESS', at: '2026-11-21T03:04:00.000Z' })],
])('does not ask where it %s', (_, stack) => {
  expect(verdict(stack).verdict).toBe('act');
});
