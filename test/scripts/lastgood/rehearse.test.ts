import { expect, test } from 'vitest';
import { statusOfDry } from '../../../scripts/lastgood/rehearse/dry.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';

test.each([
  ['ready', 'act', 'yes', 0],
  ['ready', 'act', 'no', 1],
  ['ready', 'ask', 'unknown', 4],
  ['ready', 'observe', 'no', 3],
  ['no-way-back', 'skip', 'unknown', 1],
  ['nothing-to-do', 'skip', 'unknown', 4],
] as const)(
  'a plan that is %s, the verdict %s and the readiness %s end with %i',
  (state, verdict, ready, status) => {
    const of = { plan: { state } as Plan, verdict: { verdict } as Verdict, checked: { ready } as Kept };
    expect(statusOfDry(of)).toBe(status);
  },
);
