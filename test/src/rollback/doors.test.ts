import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Reverted, Rollback } from '../../../src/rollback/document.ts';
import {
  asClaimed,
  asInReversion,
  asJudgeable,
  asPlannable,
  asPlanned,
  rememberedPlan,
  remembering,
} from '../../../src/rollback/doors.ts';
import { InvalidDocument } from '../../../src/rollback/errors.ts';
import { AT, documents, ready, request } from './documents.ts';
import { omit } from './judge-facts.ts';

const reverted: Reverted = {
  state: 'started',
  rung: 0,
  at: AT,
  deployment: 'back',
  settleBy: AT,
  left: [],
};
const failed: Reverted = { state: 'failed', rung: 0, at: AT, reason: 'no capacity', left: [], more: false };
const nothing = { state: 'nothing-to-do', at: AT, tags: {}, reason: 'It runs already.' } as const;

const whole: Rollback = {
  request,
  execution: 'one',
  claim: { kind: 'ecs', holder: 'one', since: AT, expiresAt: AT },
  plan: ready,
  verdict: { verdict: 'act', at: AT, reasons: ['!'] },
  reverted,
};

describe('a document is refused by the slice that it lacks', () => {
  it.each([
    ['execution', 'is missing', asClaimed, omit(whole, 'execution')],
    ['claim', 'is missing', asClaimed, omit(whole, 'claim')],
    ['plan', 'is missing', asJudgeable, omit(whole, 'plan')],
    ['claim', 'is missing', asPlanned, omit(whole, 'claim')],
    ['plan', 'is missing', asPlanned, omit(whole, 'plan')],
    ['plan', 'has no way back: it is nothing-to-do', asPlanned, { ...whole, plan: nothing }],
    ['verdict', 'is missing', asPlanned, omit(whole, 'verdict')],
    ['verdict', 'is missing', asInReversion, omit(whole, 'verdict')],
    ['reverted', 'is missing', asInReversion, omit(whole, 'reverted')],
    ['reverted', 'has started no way back', asInReversion, { ...whole, reverted: failed }],
  ])('%s %s', (field, problem, door, document) => {
    expect(() => door(document)).toThrow(
      expect.objectContaining({ name: 'InvalidDocument', field, message: `${field} ${problem}` }),
    );
  });
});

describe('a document that has them', () => {
  it('passes with every slice', () => {
    for (const door of [asClaimed, asJudgeable, asPlanned]) expect(door(whole)).toEqual(whole);
    expect(asInReversion(whole)).toEqual({ ...whole, rung: 0 });
  });

  it('passes or is refused by name, whatever else is in it', () => {
    const { execution, claim } = whole;
    const claimed = documents.map((document): Rollback => ({
      ...document,
      execution: execution!,
      claim: claim!,
    }));
    fc.assert(
      fc.property(claimed, fc.constantFrom(asClaimed, asJudgeable, asPlanned, asInReversion), (one, door) => {
        try {
          expect(door(one)).toMatchObject(one);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidDocument);
        }
      }),
    );
  });
});

describe('what a plan is made from', () => {
  it('is what was claimed, from then on, and at another look from now on', () => {
    expect(asPlannable(omit(whole, 'verdict'), 'later')).toEqual({ request, since: AT });
    const since = { at: AT, until: AT };
    const verdict = { ...whole.verdict!, since };
    expect(asPlannable({ ...whole, verdict }, 'later')).toEqual({ request, since: 'later', verdict });
  });

  it('is the request from then on, where a read-only plan claimed nothing', () => {
    expect(asPlannable({ request, execution: 'one' }, 'later')).toEqual({ request, since: 'later' });
  });

  it('is the trigger that interrupted the question', () => {
    const other = { target: request.target, reason: 'By hand.' };
    const verdict = { verdict: 'ask', at: AT, reasons: [], countdownSeconds: 60, onSilence: 'stay' } as const;
    const approval = { answer: 'judge-again', at: AT, request: other } as const;
    expect(asPlannable({ ...whole, verdict, approval }, AT)).toMatchObject({ request: other });
  });
});

describe('the memo of a plan', () => {
  const schema = z.object({ revision: z.string() });
  const withMemo = (memo: unknown) => ({ ...asPlanned(whole), plan: { ...ready, memo } });

  it('is parsed by the schema of its mechanism', () => {
    const planned = withMemo({ revision: 'checkout:41', unknown: true });
    expect(remembering(planned, schema)).toEqual(withMemo({ revision: 'checkout:41' }));
  });

  it('is refused by the field that does not fit', () => {
    expect(() => remembering(withMemo({ revision: 41 }), schema)).toThrow(
      expect.objectContaining({ name: 'InvalidDocument', field: 'plan.memo.revision' }),
    );
  });

  it('is parsed of any document, if the plan has one', () => {
    const { plan } = withMemo({ revision: 'checkout:41' });
    expect(rememberedPlan({ plan }, schema)).toEqual(plan);
    expect(rememberedPlan({ plan: nothing }, schema)).toEqual(nothing);
    expect(() => rememberedPlan({}, schema)).toThrow(expect.objectContaining({ field: 'plan' }));
  });
});
