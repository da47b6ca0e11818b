import { describe, expect, test } from 'vitest';
import {
  between,
  isHigh,
  levelOf,
  median,
  noiseAt,
  riseOf,
  seriesFor,
  shareLevel,
  startOfRise,
  usualOf,
} from '../../../../src/rollback/clues/levels.ts';
import { at, meter, steps } from './night.ts';

const level = (...values: (number | null)[]) => levelOf({ start: at('03:00'), periodSeconds: 60, values });
const series = (start: string, ...values: (number | null)[]) => ({
  start: at(start),
  periodSeconds: 60,
  values,
});

describe('the share of requests that failed', () => {
  test('is computed minute by minute, also where the errors begin at another minute', () => {
    const { values, noise } = shareLevel(series('03:01', 25, null), series('03:00', 100, 100, 100, null, 0));
    expect(values).toEqual([0, 0.25, 0, null, null]);
    expect(noise).toEqual([0.01, 0.01, 0.01, 1, 1]);
  });

  test('is none without errors, and at most all', () => {
    expect(shareLevel(null, series('03:00', 10)).values).toEqual([0]);
    expect(shareLevel(series('03:00', 12), series('03:00', 10)).values).toEqual([1]);
  });
});

describe('what is usual', () => {
  test('is the median, with the spread of a normal distribution', () => {
    expect(usualOf([1, 2, 3, 4, 100])).toEqual({ middle: 3, spread: 1.4826 });
    expect(usualOf([1, 2, 3, 4])).toBeNull();
  });

  test('medians of none, of an odd and of an even number', () => {
    expect([median([]), median([5, 1, 3]), median([4, 1, 3, 2])]).toEqual([0, 3, 2.5]);
  });
});

describe('a minute is high', () => {
  const usual = { middle: 100, spread: 10 };

  test('from four deviations above what is usual on', () => {
    expect(isHigh(level(139.9), 0, usual)).toBe(false);
    expect(isHigh(level(140), 0, usual)).toBe(true);
    expect(isHigh(level(null), 0, usual)).toBe(false);
    expect(isHigh(level(140), 1, usual)).toBe(false);
  });

  test('and never below a quarter more than that', () => {
    expect(riseOf(124, 0, { middle: 100, spread: 0 })).toBeLessThan(1);
    expect(riseOf(125, 0, { middle: 100, spread: 0 })).toBe(1);
    expect(riseOf(1, 0, { middle: 0, spread: 0 })).toBeGreaterThan(1);
  });

  test('less easily where few requests make it noisy', () => {
    const few = { ...level(0.2), noise: [0.1] };
    expect(isHigh(few, 0, { middle: 0, spread: 0 })).toBe(false);
    expect([noiseAt(few, 0), noiseAt(few, 1)]).toEqual([0.1, 0]);
  });
});

describe('the beginning of a rise', () => {
  const usual = { middle: 100, spread: 10 };

  test('is the first minute of those that lead to it', () => {
    expect(startOfRise(level(100, 95, 125, 130, 180), 4, usual, 0)).toBe(2);
    expect(startOfRise(level(100, 95, 105, 100, 180), 4, usual, 0)).toBe(4);
  });

  test('is not looked for before the least index, nor in minutes without a value', () => {
    expect(startOfRise(level(200, 200, 200, 200, 200), 4, usual, 2)).toBe(2);
    expect(startOfRise(level(null, 90, null, 140, 180), 4, usual, -3)).toBe(2);
    expect(startOfRise(level(90), 3, usual, 0)).toBe(1);
  });

  test('is at most where it is seen', () => {
    expect(startOfRise(level(100, 100), 1, usual, 0)).toBe(1);
  });
});

test('minutes between two indices are those with a value, and none before the first', () => {
  expect(between(level(1, null, 3, 4), -2, 3)).toEqual([1, 3]);
  expect(between(level(1, 2), -3, -1)).toEqual([]);
});

test('a series is found by all of its parts, absent ones too', () => {
  const flat = steps({ '03:00': 1 });
  const measured = [
    meter('errors', flat, { relation: 'dependency' }),
    meter('errors', flat, { zone: 'a' }),
    meter('errors', flat, { revision: 'r' }),
    meter('errors', flat, { yesterday: true }),
    meter('requests', flat),
  ];
  const whole = { ...flat, values: [7] };
  expect(seriesFor(measured, 'errors')).toBeNull();
  expect(seriesFor([...measured, meter('errors', whole)], 'errors')).toBe(whole);
  expect(seriesFor(measured, 'errors', { zone: 'a' })).toBe(flat);
  expect(seriesFor(measured, 'errors', { zone: 'b' })).toBeNull();
  expect(seriesFor(measured, 'errors', { relation: 'dependency' })).toBe(flat);
});
