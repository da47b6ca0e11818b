import { describe, expect, it, vi } from 'vitest';
import { withProbes } from '../../../functions/guard/probed.ts';
import type { Answers, Probe } from '../../../src/lambda/probe.ts';
import type { Facts } from '../../../src/rollback/facts.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import * as given from '../../src/rollback/judge-facts.ts';

const LOOK: Verdict = { verdict: 'look-again', at: given.NOW, reasons: [], lookAgainInSeconds: 60, looks: 1 };
const URLS = ['https://shop.example/health'];

/** The facts of an alarm on errors, or on a latency of a second. */
function factsOf(probes: readonly string[], metric: 'errorRate' | 'latency' = 'errorRate'): Facts {
  const plan = given.planOf();
  const alarm = { state: 'ALARM', metric, limit: { threshold: 1, breaches: 'above' } } as const;
  return {
    request: given.BY_ALARM,
    plan: 'watch' in plan ? { ...plan, watch: { ...plan.watch, probes } } : plan,
    takenUpAt: given.NOW,
    history: { known: true, is: [] },
    others: { known: true, is: [] },
    alarm: { known: true, is: alarm },
    condemned: [],
    earlier: [],
    freeze: null,
  };
}

const answering = (answers: Answers) => vi.fn<Probe>().mockResolvedValue(answers);

describe('probes of a judgement that would look again', () => {
  it('counts what failed', async () => {
    const { probed } = await withProbes(factsOf(URLS), LOOK, answering(['failed', 0.1, 0.1]));
    expect(probed).toEqual({ sent: 3, bad: 1 });
  });

  it('counts what is as slow as the alarm of latency says, and for no other alarm', async () => {
    const slow = answering([2.5, 0.1]);
    expect((await withProbes(factsOf(URLS, 'latency'), LOOK, slow)).probed).toEqual({ sent: 2, bad: 1 });
    expect((await withProbes(factsOf(URLS), LOOK, slow)).probed).toEqual({ sent: 2, bad: 0 });
  });

  it.each([
    ['the target has none', factsOf([]), LOOK],
    ['the verdict acts', factsOf(URLS), { verdict: 'act', at: given.NOW, reasons: [] }],
    ['an operator asks', { ...factsOf(URLS), request: given.BY_REQUEST }, LOOK],
  ] as const)('sends none where %s', async (_, facts, verdict) => {
    const probe = answering(['failed']);
    expect(await withProbes(facts, verdict, probe)).toBe(facts);
    expect(probe).not.toHaveBeenCalled();
  });

  it('knows nothing where no probe had a connection', async () => {
    expect((await withProbes(factsOf(URLS), LOOK, answering([]))).probed).toBeUndefined();
  });
});
