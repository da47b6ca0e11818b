import { describe, expect, test } from 'vitest';
import type { Earlier } from '../../../../src/rollback/earlier.ts';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import {
  at,
  BAD,
  BY_HAND,
  BY_REQUEST,
  DEPLOYMENT,
  EARLIER,
  facts,
  GOOD,
  NOW,
  planOf,
} from '../judge-facts.ts';

const BY_BEN = { by: 'slack:U0BEN', at: at('03:01') };
const DENIED: Earlier = {
  ...EARLIER,
  startedAt: at('02:58'),
  ended: { at: at('03:01'), as: 'skipped' },
  from: BAD.id,
  to: { id: GOOD.id },
  denied: BY_BEN,
};
const verdictAfter = (earlier: Partial<Earlier>, changed: Partial<Facts> = {}) =>
  judge(facts({ earlier: [{ ...DENIED, ...earlier }], ...changed }), NOW);
const tagged = (cooldown: string) => ({ plan: planOf({ lastgood: 'auto', 'lastgood:cooldown': cooldown }) });
const before = (clock: string) => ({ denied: { ...BY_BEN, at: at(clock) } });

describe('a plan that a person denied', () => {
  test('is asked about again when another alarm turns, and the person is named', () => {
    const { verdict, reasons } = verdictAfter({});
    expect([verdict, reasons[0]]).toEqual([
      'ask',
      'slack:U0BEN denied going back from checkout:42 to checkout:41 at 2026-11-22T03:01:00.000Z; within 60 minutes a person decides.',
    ]);
  });

  test.each([
    ['within the cool-down of the tag', '15', '02:51', 'ask'],
    ['after it', '15', '02:50', 'act'],
    ['within an hour, without a cool-down', '0', '02:06', 'ask'],
    ['after an hour, without a cool-down', '0', '02:05', 'act'],
  ])('counts %s', (_when, cooldown, clock, word) => {
    expect(verdictAfter(before(clock), tagged(cooldown)).verdict).toBe(word);
  });

  test('names the last person who denied it', () => {
    const earlier = [DENIED, { ...DENIED, denied: { by: 'slack:U0ADA', at: at('02:40') } }];
    expect(judge(facts({ earlier }), NOW).reasons[0]).toMatch(/^slack:U0BEN/);
  });

  test.each<[string, Partial<Earlier>]>([
    ['from another revision', { from: 'revision-40' }],
    ['to another revision', { to: { id: 'revision-39' } }],
    ['of a rehearsal', { rehearsal: 'back' }],
  ])('is another one: %s', (_what, changed) => {
    expect(verdictAfter(changed).verdict).toBe('act');
  });

  test('is the same plan where the same content is put back under another id', () => {
    const good = {
      ...DEPLOYMENT,
      id: 'deployment-41',
      revision: GOOD,
      startedAt: at('01:00'),
      content: '41',
    };
    const plan = planOf(undefined, { recent: [DEPLOYMENT, good] });
    const to = (content: string) => verdictAfter({ to: { id: 'revision-7', content } }, { plan }).verdict;
    expect([to('41'), to('7')]).toEqual(['ask', 'act']);
  });

  test('is asked about where silence would mean go, and silence is no answer', () => {
    const plan = planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
    expect(verdictAfter({}, { plan })).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
  });

  test('is not asked about where a person has confirmed it since then, or starts the machine by hand', () => {
    const confirmed = { by: 'slack:U0ADA', toThisPlan: true };
    expect(verdictAfter({}, { request: BY_REQUEST, confirmed }).verdict).toBe('act');
    expect(verdictAfter({}, { request: BY_HAND }).verdict).toBe('act');
    expect(verdictAfter({}, { request: BY_REQUEST }).verdict).toBe('ask');
  });
});
