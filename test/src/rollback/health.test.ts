import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterHarm,
  hasNotHelped,
  proveHealth,
  weighSilence,
  type Health,
  type ReadSign,
  type Sign,
} from '../../../src/rollback/health.ts';
import { VERIFY_POLL_SECONDS } from '../../../src/rollback/poll-intervals.ts';
import { after, secondsBetween } from '../../../src/rollback/time.ts';

const START = '2026-11-22T03:00:00.000Z';
const VERIFY_BY = after(START, 900);

function sign(state: Sign['state']): Sign {
  return { of: 'alarm checkout-5xx', state, says: `is ${state}` };
}

/** Polls after each requested wait, each time a little late, until none is requested; repeats the last signs. */
function polls(proofSeconds: number, seen: readonly (readonly Sign[])[], lagSeconds = 0): Health[] {
  const all: Health[] = [];
  let now = START;
  for (let i = 0; i < 1000; i++) {
    const signs = seen[Math.min(i, seen.length - 1)]!;
    const health = proveHealth(signs, all.at(-1), {
      now,
      proofSeconds,
      verifyBy: VERIFY_BY,
      settledSince: START,
    });
    all.push(health);
    if (health.state !== 'pending') return all;
    now = after(now, health.pollAgainInSeconds + lagSeconds);
  }
  throw new Error('polls for ever');
}

const signs = fc.constantFrom<Sign['state']>('healthy', 'unhealthy', 'unknown', 'neutral').map(sign);
const observed = fc.array(fc.array(signs, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 60 });
const lags = fc.integer({ min: 0, max: 999 }).map((milliseconds) => milliseconds / 1000);
const proofs = fc.integer({ min: 60, max: 3600 });

describe('proof', () => {
  it('takes as long as asked for, to the second', () => {
    const all = polls(130, [[sign('healthy')]]);
    expect(all.at(-1)).toMatchObject({ state: 'proven', at: after(START, 130), healthySince: START });
  });

  it('begins anew after a poll that was not healthy', () => {
    const all = polls(60, [[sign('healthy')], [sign('unknown')], [sign('healthy')]]);
    expect(all.at(-1)).toMatchObject({
      state: 'proven',
      at: after(START, 180),
      healthySince: after(START, 120),
    });
  });

  it('begins anew when the way back has settled again since', () => {
    const previous = proveHealth([sign('healthy')], undefined, {
      now: START,
      proofSeconds: 60,
      verifyBy: VERIFY_BY,
      settledSince: START,
    });
    const now = after(START, 90);
    const terms = { now, proofSeconds: 60, verifyBy: VERIFY_BY, settledSince: after(START, 50) };
    expect(proveHealth([sign('healthy')], previous, terms)).toMatchObject({
      state: 'pending',
      healthySince: now,
    });
  });

  it('is not to be had from nothing', () => {
    expect(polls(60, [[]])).toMatchObject([{ state: 'unproven' }]);
  });

  it('is not hindered by what is neutral, and is not to be had from it', () => {
    expect(polls(60, [[sign('healthy'), sign('neutral')]]).at(-1)?.state).toBe('proven');
    expect(polls(60, [[sign('neutral')]]).at(-1)?.state).toBe('unproven');
    const last = polls(60, [[sign('unknown'), sign('neutral')]]).at(-1);
    expect(last).toHaveProperty('reason', `at ${VERIFY_BY} alarm checkout-5xx was unknown (is unknown).`);
  });

  it('fails with the reasons when its time is over', () => {
    const last = polls(60, [[sign('healthy'), sign('unknown')]]).at(-1);
    expect(last).toMatchObject({ state: 'unproven', at: VERIFY_BY });
    expect(last).toHaveProperty('reason', `at ${VERIFY_BY} alarm checkout-5xx was unknown (is unknown).`);
  });
});

describe('an alarm that is silent', () => {
  const silent: ReadSign = { ...sign('unknown'), shows: 'silence' };
  const shown = (shows: 'targets' | 'errors', state: Sign['state']): ReadSign => ({ ...sign(state), shows });
  const weighed = (...others: ReadSign[]) => weighSilence([silent, ...others])[0]?.state;

  it('is neutral where the targets and the share of errors are healthy', () => {
    const [first, ...others] = weighSilence([
      silent,
      shown('targets', 'healthy'),
      shown('errors', 'healthy'),
    ]);
    expect(first).toEqual({
      of: 'alarm checkout-5xx',
      state: 'neutral',
      says: 'is unknown, which is normal while all is well',
    });
    expect(others).toEqual([sign('healthy'), sign('healthy')]);
  });

  it.each<[string, readonly ReadSign[]]>([
    ['nothing else is known', []],
    ['only the targets are known', [shown('targets', 'healthy')]],
    ['only the errors are known', [shown('errors', 'healthy')]],
    ['a target is not healthy', [shown('targets', 'unhealthy'), shown('errors', 'healthy')]],
    ['no minute is known yet', [shown('targets', 'healthy'), shown('errors', 'unknown')]],
    [
      'one group of two fails',
      [shown('targets', 'healthy'), shown('errors', 'healthy'), shown('errors', 'unhealthy')],
    ],
    ['other signs are healthy', [sign('healthy'), sign('healthy')]],
  ])('stays unknown where %s', (_where, others) => {
    expect(weighed(...others)).toBe('unknown');
  });

  it('makes no other sign without data neutral', () => {
    const other = weighSilence([sign('unknown'), shown('targets', 'healthy'), shown('errors', 'healthy')]);
    expect(other[0]?.state).toBe('unknown');
  });
});

describe('any row of polls', () => {
  it('ends, at the latest one pause and one proof after its time', () => {
    fc.assert(
      fc.property(observed, proofs, (seen, proofSeconds) => {
        const last = polls(proofSeconds, seen).at(-1)!;
        expect(secondsBetween(VERIFY_BY, last.at)).toBeLessThanOrEqual(proofSeconds + VERIFY_POLL_SECONDS);
      }),
    );
  });

  it('proves only what was healthy at every poll for long enough', () => {
    fc.assert(
      fc.property(observed, proofs, (seen, proofSeconds) => {
        const all = polls(proofSeconds, seen);
        const last = all.at(-1)!;
        if (last.state !== 'proven') return;
        expect(secondsBetween(last.healthySince, last.at)).toBeGreaterThanOrEqual(proofSeconds);
        const run = all.filter(({ at }) => at >= last.healthySince);
        for (const { signs } of run) {
          expect(signs.every(({ state }) => state === 'healthy' || state === 'neutral')).toBe(true);
          expect(signs.some(({ state }) => state === 'healthy')).toBe(true);
        }
      }),
    );
  });

  it('never makes Step Functions wait a fraction of a second, or not at all', () => {
    fc.assert(
      fc.property(observed, proofs, lags, (seen, proofSeconds, lag) => {
        const waits = polls(proofSeconds, seen, lag).flatMap((health) =>
          health.state === 'pending' ? [health.pollAgainInSeconds] : [],
        );
        expect(waits.every((wait) => Number.isInteger(wait) && wait > 0 && wait <= VERIFY_POLL_SECONDS)).toBe(
          true,
        );
      }),
    );
  });
});

describe('hundreds of signs', () => {
  const terms = { now: VERIFY_BY, proofSeconds: 120, verifyBy: VERIFY_BY, settledSince: START };
  const many = (state: Sign['state'], count: number): Sign[] =>
    Array.from({ length: count }, (_, i) => ({ of: `alarm ${state} ${i}`, state, says: 'x'.repeat(1000) }));

  it('stay a small part of the document; those that are not healthy come first', () => {
    const health = proveHealth([...many('healthy', 490), ...many('unknown', 15)], undefined, terms);
    expect(JSON.stringify(health).length).toBeLessThan(32 * 1024);
    expect(health.signs.map(({ of }) => of)).toEqual([
      ...many('unknown', 15).map(({ of }) => of),
      ...many('healthy', 25).map(({ of }) => of),
      '465 more signs',
    ]);
    expect(health.signs[0]?.says).toMatch(/^x+…$/);
    expect(health).toMatchObject({ state: 'unproven' });
    expect('reason' in health && health.reason).toMatch(/; 5 more were not healthy\.$/);
  });

  it('are all heard, also those that are not kept', () => {
    const health = proveHealth([...many('healthy', 500), ...many('unhealthy', 1)], undefined, terms);
    expect(health.state).toBe('unproven');
  });
});

describe('harm that was compared with that before', () => {
  const harm = { of: 'failures', unit: 'percent', before: 10, now: 10, since: START, is: 'alike' } as const;
  const at = { at: START, signs: [sign('unhealthy')] } as const;
  const pending: Health = { ...at, state: 'pending', verifyBy: VERIFY_BY, pollAgainInSeconds: 60 };
  const unproven: Health = { ...at, state: 'unproven', reason: 'it is red.' };
  const proven: Health = { ...at, state: 'proven', healthySince: START };

  it('ends a proof that goes on only where users are clearly worse off', () => {
    expect(afterHarm(pending, { ...harm, is: 'worse' })).toEqual({
      ...{ ...at, state: 'unproven', harm: { ...harm, is: 'worse' } },
      reason:
        'Verify did not wait longer. Users are clearly worse off than before: failures 10 % before, 10 % since 03:00 UTC.',
    });
    expect([afterHarm(pending, harm), afterHarm(pending, { ...harm, is: 'less' })]).toEqual([
      pending,
      pending,
    ]);
    expect(afterHarm(proven, { ...harm, is: 'worse' })).toBe(proven);
  });

  it('is kept by a proof that failed, and in its reason', () => {
    expect(afterHarm(unproven, harm)).toEqual({
      ...{ ...unproven, harm },
      reason: 'it is red. Going back did not help: failures 10 % before, 10 % since 03:00 UTC.',
    });
  });

  it('shows that going back has not helped, unless it became less or is unknown', () => {
    const become = (is: 'less' | 'alike' | 'worse') => hasNotHelped(afterHarm(unproven, { ...harm, is }));
    expect([become('less'), become('alike'), become('worse')]).toEqual([false, true, true]);
    expect([undefined, pending, unproven, proven].map(hasNotHelped)).toEqual([false, false, false, false]);
  });
});
