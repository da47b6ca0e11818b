import fc from 'fast-check';
import { describe, it } from 'vitest';
import { proveHealth } from '../../../src/rollback/health.ts';
import { withDeadline } from '../../../src/rollback/heard.ts';
import { judge } from '../../../src/rollback/judge.ts';
import { settlePollIntervalAt } from '../../../src/rollback/poll-intervals.ts';
import { after } from '../../../src/rollback/time.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { at, facts, found, NOW, planOf, unknown } from './judge-facts.ts';

/**
 * A SecondsPath and a TimeoutSecondsPath take whole numbers. Any other value is a States.Runtime, which no Catch
 * catches. https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
 */
const isPause = (seconds: number) => Number.isSafeInteger(seconds) && seconds > 0 && seconds <= 99_999_999;

/** Clocks have milliseconds, and the one of another machine may be behind. */
const seconds = fc
  .integer({ min: -600_000, max: 40 * 86_400_000 })
  .map((milliseconds) => milliseconds / 1000);

describe('every pause is a whole number of seconds', () => {
  it('between polls of the way back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), seconds, fc.boolean(), (polls, elapsed, hasEvent) =>
        isPause(settlePollIntervalAt(polls, elapsed, hasEvent)),
      ),
    );
  });

  it('between polls of health', () => {
    const states = fc.constantFrom('healthy', 'unhealthy', 'unknown' as const);
    const toGo = fc.integer({ min: -1_000, max: 60_000 }).map((milliseconds) => milliseconds / 1000);
    fc.assert(
      fc.property(states, toGo, (state, left) => {
        const since = after(NOW, left - 120);
        const terms = { now: NOW, proofSeconds: 120, verifyBy: after(NOW, 900), settledSince: since };
        const before = { state: 'pending', at: NOW, healthySince: since, signs: [] } as const;
        const previous = { ...before, verifyBy: terms.verifyBy, pollAgainInSeconds: 30 };
        const health = proveHealth([{ of: 'alarm', state, says: state }], previous, terms);
        return health.state !== 'pending' || isPause(health.pollAgainInSeconds);
      }),
    );
  });

  it('before a second look, and while a question waits', () => {
    const minutes = fc.integer({ min: 1, max: 1440 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 4 }), fc.boolean(), (countdown, looks, isKnown) => {
        const plan = planOf({ lastgood: 'approve', 'lastgood:countdown': String(countdown) });
        const history = isKnown ? found([]) : unknown('throttled');
        return hasPause(judge(facts({ plan, looks, history }), NOW));
      }),
    );
  });

  it('of a question that keeps the deadline of the one before', () => {
    const ask = { verdict: 'ask', reasons: [], against: [], countdownSeconds: 600, onSilence: 'go' } as const;
    fc.assert(
      fc.property(seconds, (since) => {
        const before = {
          verdict: { ...ask, at: after(at('03:00'), -since) },
          approval: { Error: 'HeardMore' },
        };
        return hasPause(withDeadline({ ...ask, at: at('03:00') }, before));
      }),
    );
  });
});

function hasPause(verdict: Verdict): boolean {
  if (verdict.verdict === 'look-again') return isPause(verdict.lookAgainInSeconds);
  return verdict.verdict !== 'ask' || isPause(verdict.countdownSeconds);
}
