import { describe, expect, it } from 'vitest';
import { isSilence, personsAnswer } from '../../../src/rollback/approval.ts';
import type { Approval } from '../../../src/rollback/document.ts';
import {
  askInstead,
  bounded,
  looksBefore,
  looksForJudge,
  mayLookAgain,
} from '../../../src/rollback/look-again.ts';
import { confidenceIn, MAX_SECOND_LOOKS, type Verdict } from '../../../src/rollback/verdict.ts';
import { AT, ready, request } from './documents.ts';

const act: Verdict = { verdict: 'act', at: AT, reasons: ['The harm began before.'] };
const look: Verdict = { verdict: 'look-again', at: AT, reasons: ['?'], lookAgainInSeconds: 150, looks: 1 };
const asking = (onSilence: 'go' | 'stay'): Verdict => ({
  ...{ verdict: 'ask', at: AT, reasons: ['?'], countdownSeconds: 600 },
  onSilence,
});
const approved: Approval = { answer: 'approved', by: 'U1', at: AT };
const judgeAgain: Approval = { answer: 'judge-again', at: AT, request };
const silence: Approval = { Error: 'States.Timeout' };
const heardMore: Approval = { Error: 'HeardMore' };

describe('an approval', () => {
  it.each([
    [approved, approved, false],
    [judgeAgain, null, false],
    [silence, null, true],
    [heardMore, null, false],
    [undefined, null, false],
  ])('%j', (approval, answer, silent) => {
    expect(personsAnswer(approval)).toEqual(answer);
    expect(isSilence(approval)).toBe(silent);
  });
});

describe('looks', () => {
  it('are counted on from the verdict before', () => {
    expect(looksBefore({})).toBe(0);
    expect(looksBefore({ verdict: asking('stay') })).toBe(1);
    expect(looksBefore({ verdict: { ...look, looks: 2 } })).toBe(2);
  });

  it.each([
    ['at first', {}, 0],
    ['after a look', { verdict: look }, 1],
    ['after an interrupted question', { verdict: asking('stay'), approval: judgeAgain }, 1],
    ['after a silence that means stay', { verdict: asking('stay'), approval: silence }, 1],
    ['after an approval', { verdict: asking('stay'), approval: approved }, MAX_SECOND_LOOKS],
    ['after a silence that means go', { verdict: asking('go'), approval: silence }, MAX_SECOND_LOOKS],
    ['after a look that followed a silence', { verdict: look, approval: silence }, 1],
    ['after an approval and more looks', { verdict: { ...asking('stay'), looks: 5 }, approval: approved }, 5],
  ])('that the judge counts %s', (_, before, looks) => {
    expect(looksForJudge(before)).toBe(looks);
  });

  it('are taken again twice', () => {
    expect([undefined, 0, 1, 2, 3].map(mayLookAgain)).toEqual([true, true, true, false, false]);
  });

  it('end in a question', () => {
    expect(bounded(look, 1, ready)).toBe(look);
    expect(bounded(act, 7, ready)).toBe(act);
    const because = 'After 3 looks the cause is still uncertain, so a person decides.';
    expect(bounded(look, 2, { ...ready, tags: { 'lastgood:countdown': '5' } })).toEqual({
      ...{ verdict: 'ask', at: AT, countdownSeconds: 300, onSilence: 'stay' },
      reasons: [because, '?'],
      against: [because],
    });
  });
});

it('a question instead of another verdict keeps what was weighed, and whose fault it is', () => {
  const culprit = { revision: ready.from, evidence: 'ada put checkout:41 back.' };
  const weighed: Verdict = { ...act, confidence: 0.9, culprit, against: ['Load grew.'] };
  expect(askInstead(weighed, 'Why.', ready)).toMatchObject({
    ...{ verdict: 'ask', confidence: 0.9, culprit, onSilence: 'stay' },
    against: ['Why.', 'Load grew.'],
  });
});

it('a confidence is written in percent', () => {
  expect(confidenceIn({ confidence: 0.934 })).toBe('confidence 93 %');
  expect(confidenceIn({})).toBeNull();
});
