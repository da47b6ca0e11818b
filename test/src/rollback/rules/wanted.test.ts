import { expect, test } from 'vitest';
import { judge } from '../../../../src/rollback/judge.ts';
import {
  BY_ALARM,
  BY_ALERT,
  BY_DEPLOYMENT,
  BY_HAND,
  BY_LOOKOUT,
  BY_REQUEST,
  facts,
  NOW,
  planOf,
  without,
} from '../judge-facts.ts';

const wantsNone = 'The desired count is 0';
const SILENCE = { lastgood: 'auto', 'lastgood:silence': 'go', 'lastgood:lookout': 'act' };

test.each([
  ['an alarm', BY_ALARM],
  ['an alert', BY_ALERT],
  ['a lookout', BY_LOOKOUT],
  ['a failed deployment', BY_DEPLOYMENT],
])(
  'asks at once, whatever silence means, where %s accuses a target of which nothing is to run',
  (_, request) => {
    const asked = judge(facts({ request, plan: planOf(SILENCE, { wantsNone }) }), NOW);
    expect(asked).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    expect(asked.reasons[0]).toBe(
      'The desired count is 0, so going back would serve no users, and a person decides.',
    );
  },
);

test.each([BY_HAND, BY_REQUEST])('does not ask a person who wants it', (request) => {
  expect(judge(facts({ request, plan: planOf(SILENCE, { wantsNone }) }), NOW).verdict).toBe('act');
});

test('asks too where there is no way back, and skips where there is nothing to do', () => {
  const verdict = (state: 'no-way-back' | 'nothing-to-do') =>
    judge(facts({ plan: { ...without(state, 'So it is.'), wantsNone } }), NOW).verdict;
  expect([verdict('no-way-back'), verdict('nothing-to-do')]).toEqual(['ask', 'skip']);
});

test('acts where something is to run', () => {
  expect(judge(facts({ request: BY_ALARM, plan: planOf() }), NOW).verdict).toBe('act');
});
