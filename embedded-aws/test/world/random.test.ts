import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../world/random.ts';

/** Returns mean and variance of the draws. */
function moments(draws: readonly number[]) {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  return { mean, variance };
}

describe('counts drawn at once', () => {
  it.each([
    [50, 0.004],
    [50, 0.4],
    [17, 0.9],
    [500, 0.5],
  ])('%d chances of %d have the mean and the variance of chances drawn one by one', (chances, share) => {
    const random = new Random(7, 'binomial');
    const draws = Array.from({ length: 20_000 }, () => random.binomial(chances, share));
    const { mean, variance } = moments(draws);
    const wanted = chances * share * (1 - share);
    expect(Math.abs(mean - chances * share)).toBeLessThan(5 * Math.sqrt(wanted / draws.length));
    expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.06);
  });

  it('draw nothing where nothing is left to chance', () => {
    const [one, other] = [new Random(1), new Random(1)];
    expect([one.binomial(50, 0), one.binomial(50, 1), one.binomial(0, 0.5)]).toEqual([0, 50, 0]);
    expect(one.next()).toBe(other.next());
  });

  it('deal out all that there is, and nothing to a weight of zero', () => {
    const weights = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }).filter((all) => all.some(Boolean));
    fc.assert(
      fc.property(fc.nat(100), weights, fc.nat(), (many, all, seed) => {
        const dealt = new Random(seed).deal(many, all);
        expect(dealt.reduce((sum, part) => sum + part, 0)).toBe(many);
        expect(dealt.every((part, index) => part >= 0 && (all[index] !== 0 || part === 0))).toBe(true);
      }),
    );
  });
});
