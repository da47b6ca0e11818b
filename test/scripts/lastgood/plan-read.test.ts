import { expect, test } from 'vitest';
import { withoutWay } from '../../../scripts/lastgood/plan/read.ts';
import type { NoWayBack } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { AT, ready } from '../../src/rollback/documents.ts';

const none: NoWayBack = { state: 'no-way-back', at: AT, tags: {}, reason: 'nothing was ever proven.' };
const asked = { at: AT, reasons: ['ada asked for it.'] };
const act: Verdict = { verdict: 'act', ...asked };
const ask: Verdict = {
  ...{ verdict: 'ask', ...asked, against: ['It is tagged lastgood=approve.'] },
  ...{ countdownSeconds: 600, onSilence: 'stay' },
};

test.each([act, ask])('where there is no way back, no verdict is to go back: $verdict', (verdict) => {
  const { plan, verdict: shown } = withoutWay({ plan: none, verdict });
  expect(plan).toBe(none);
  expect(shown).toMatchObject({
    verdict: 'skip',
    reasons: ['There is no way back: nothing was ever proven.'],
  });
  expect(shown.against?.slice(1)).toEqual(verdict.against ?? []);
});

test('any other verdict stays as it is', () => {
  const skip: Verdict = { verdict: 'skip', ...asked };
  for (const one of [
    { plan: none, verdict: skip },
    { plan: none, verdict: { ...skip, verdict: 'observe' as const } },
    { plan: ready, verdict: act },
  ])
    expect(withoutWay(one)).toEqual(one);
});
