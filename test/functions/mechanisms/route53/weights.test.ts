import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitted,
  isAllZero,
  nameWeights,
  readWeights,
  sharesOf,
  writeWeights,
} from '../../../../functions/mechanisms/route53/weights.ts';
import { readRun, writeRun } from '../../../../functions/mechanisms/route53/runs.ts';

const identifier = fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme-ascii' });
const weights = fc.dictionary(identifier, fc.integer({ min: 0, max: 255 }), {
  minKeys: 1,
  maxKeys: 6,
  noNullPrototype: true,
});

describe('weights', () => {
  it('are read as they were written, whatever their identifiers are', () => {
    fc.assert(
      fc.property(weights, (some) => {
        expect(readWeights(writeWeights(some))).toEqual(some);
      }),
    );
  });

  it('have one text, whatever their order', () => {
    expect(writeWeights({ green: 0, blue: 255 })).toBe(writeWeights({ blue: 255, green: 0 }));
  });

  it.each([
    '',
    'no-such-revision',
    'blue',
    'blue=',
    'blue=256',
    'blue=1 blue=2',
    'blue=-1',
    '%=1',
    'blue=1  green=2',
  ])('are not what %j says', (text) => expect(readWeights(text)).toBeNull());

  it('share all of the answers, even if all are 0', () => {
    fc.assert(
      fc.property(weights, (some) => {
        const sum = Object.values(sharesOf(some)).reduce((total, share) => total + share, 0);
        expect(sum).toBeCloseTo(1);
      }),
    );
  });

  it.each([
    [{ blue: 255, green: 0 }, 'blue'],
    [{ blue: 25, green: 230 }, '90 % green and 10 % blue'],
    [{ blue: 0, green: 0 }, 'blue and green alike (every weight is 0)'],
  ])('%j is said as %s', (some, said) => expect(nameWeights(some)).toBe(said));

  it('are fitted to the present records, and are never all 0', () => {
    fc.assert(
      fc.property(weights, weights, (wanted, present) => {
        const fits = fitted(wanted, present);
        if ('problem' in fits) return;
        expect(Object.keys(fits.weights).sort()).toEqual(Object.keys(present).sort());
        expect(isAllZero(fits.weights)).toBe(false);
      }),
    );
    expect(fitted({ toString: 255 }, { blue: 0 })).toHaveProperty('problem');
    expect(fitted({ blue: 255 }, { blue: 0, valueOf: 0 })).toEqual({ weights: { blue: 255, valueOf: 0 } });
    expect(fitted({ blue: 255 }, { blue: 0, green: 255 })).toEqual({ weights: { blue: 255, green: 0 } });
    expect(fitted({ blue: 255, old: 0 }, { blue: 0 })).toEqual({ weights: { blue: 255 } });
    expect(fitted({ old: 255 }, { blue: 0 })).toMatchObject({
      problem: expect.stringContaining('old') as string,
    });
  });

  it('make a run with their time', () => {
    const run = { weights: { 'a b': 1 }, behind: { 'a b': '1f0c22ab' }, since: '2026-11-22T03:00:00.000Z' };
    expect(readRun(writeRun(run))).toEqual(run);
    expect(readRun('a=1')).toBeNull();
    expect(readRun('a=1 since yesterday')).toBeNull();
  });
});
