import { describe, expect, test } from 'vitest';
import { plan, statusOf } from '../../../scripts/lastgood/plan/plan.ts';
import { readWish, requestOf } from '../../../scripts/lastgood/request.ts';
import { readRequest } from '../../../src/rollback/request.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { givenTo } from './given.ts';

const TARGET = 'ecs:prod/checkout';
const AT = '2026-11-22T03:00:00.000Z';
const wishOf = async (...args: readonly string[]) => readWish(await givenTo(plan, ...args), 'a plan');

describe('a request', () => {
  test('is valid for the state machine', async () => {
    const wish = await wishOf(TARGET, '--to', 'checkout:1', '--because', 'it hurts');
    expect(wish).toEqual({ target: TARGET, revision: 'checkout:1', reason: 'it hurts' });
    const request = requestOf({ ...wish, plan: 'a'.repeat(64) }, AT);
    expect(readRequest(request)).toEqual(request);
    expect(request).toMatchObject({ trigger: { type: 'request', at: AT, plan: 'a'.repeat(64) } });
    expect(request.trigger).toHaveProperty('by', expect.stringMatching(/^cli/));
  });

  test('is new each time', () => {
    const [one, other] = [1, 2].map(() => requestOf({ target: TARGET, reason: 'it hurts' }, AT).trigger?.id);
    expect(one).not.toBe(other);
  });

  test.each([
    [['checkout'], /^TARGET/],
    [[TARGET, '--because', ' '], /^--because must say why/],
    [[TARGET, '--because', 'x'.repeat(2049)], /^--because must have at most 2048/],
    [[TARGET, '--to', ''], /^--to/],
  ])('is not %j', async (args, problem) => {
    await expect(wishOf(...args)).rejects.toThrow(problem);
  });

  test('must have a reason if there is no default', async () => {
    const given = await givenTo(plan, TARGET);
    expect(() => readWish(given, null)).toThrow(/^--because must say why/);
    expect(() => readWish({ ...given, options: { because: 'it hurts', plan: 'abc' } }, null)).toThrow(
      /^--plan/,
    );
  });
});

test.each([
  ['ready', 'act', 0],
  ['ready', 'ask', 0],
  ['ready', 'look-again', 0],
  ['join', 'act', 0],
  ['ready', 'skip', 3],
  ['ready', 'observe', 3],
  ['no-way-back', 'skip', 1],
  ['nothing-to-do', 'skip', 0],
] as const)('a plan that is %s with the verdict %s ends with %i', (state, verdict, status) => {
  expect(statusOf({ state } as Plan, { verdict } as Verdict)).toBe(status);
});
