import { describe, expect, it } from 'vitest';
import { isPast, type Gauge, type Limit } from '../../../src/rollback/gauge.ts';
import { valueOf } from '../../../src/rollback/unit.ts';
import { harmIn, type Bounds } from '../../../src/rollback/compared-harm.ts';
import { wordsOfHarm } from '../../../src/rollback/harm.ts';
import { AT } from './documents.ts';
import { omit } from './judge-facts.ts';
import { after } from '../../../src/rollback/time.ts';

const ABOVE: Limit = { value: 5, breaches: 'above' };
const BELOW: Limit = { value: 99, breaches: 'below' };

/** A share of failed requests from three o'clock on: the way back is written in minute 10, and settles in minute 13. */
function gauge(values: readonly (number | null)[], more: Partial<Gauge> = {}): Gauge {
  const series = { start: AT, periodSeconds: 60, values };
  return { measures: 'failures', metric: 'errorRate', unit: 'percent', limit: ABOVE, series, ...more };
}

const minutes = (count: number, value: number | null) => Array.from({ length: count }, () => value);
const well = minutes(5, 0);
const between = minutes(3, 50);

function bounds(untilMinute: number, more: Partial<Bounds> = {}): Bounds {
  const at = (minute: number) => after(AT, minute * 60 + 30);
  return { untouched: at(10), settled: at(12), complete: at(untilMinute), ...more };
}

/** Says what became of the harm of five minutes, after so many minutes since. */
function become(
  before: readonly (number | null)[],
  since: readonly (number | null)[],
  more: Partial<Gauge> = {},
) {
  return harmIn(gauge([...well, ...before, ...between, ...since], more), bounds(13 + since.length));
}

describe('harm', () => {
  it('is about what it was from four fifths of the middle minute before', () => {
    const before = [8, 10, 30, 10, 12];
    expect(become(before, [8, 8, 8])).toEqual({
      ...{ of: 'failures', unit: 'percent', before: 10, now: 8, since: after(AT, 13 * 60), is: 'alike' },
    });
    expect(become(before, [7.9, 7.9, 7.9])?.is).toBe('less');
    expect(become(before, [19, 19, 19, 19, 19, 19])?.is).toBe('alike');
  });

  it('is less where it is no longer past the limit, whatever it was', () => {
    expect(become(minutes(5, 6), minutes(3, 5))?.is).toBe('less');
    expect(become(minutes(5, 6), minutes(3, 5), { limit: { ...ABOVE, orEqual: true } })?.is).toBe('alike');
  });

  it('rounds so that the release stays at fault in doubt', () => {
    expect(become([null, 0, 0, 10, 20], minutes(3, 10))?.is).toBe('less');
    expect(become(minutes(5, 10), [10, 0, 0, 10])?.is).toBe('less');
  });

  it('counts only the five minutes before, and none of the way back', () => {
    const of = (...before: readonly number[]) =>
      harmIn(gauge([...minutes(5, 90), ...before, ...minutes(3, 90), ...minutes(3, 9)]), bounds(16));
    expect(of(10, 10, 10, 10, 10)).toMatchObject({ before: 10, now: 9, is: 'alike' });
    expect(of(0, 0, 0, 0, 10)).toBeNull();
  });

  it('below its limit is what is missing', () => {
    const more = { limit: BELOW };
    expect(become(minutes(5, 60), minutes(3, 95), more)).toMatchObject({ before: 60, now: 95, is: 'less' });
    expect(become(minutes(5, 60), minutes(3, 65), more)?.is).toBe('alike');
  });

  it.each<[string, Parameters<typeof become>]>([
    ['there is no limit', [minutes(5, 10), minutes(3, 10), { limit: undefined as never }]],
    ['only one minute before was past it', [[0, 0, 0, 0, 10], minutes(3, 10)]],
    ['there are two minutes since', [minutes(5, 10), minutes(2, 10)]],
    ['there is none', [minutes(5, 10), []]],
    ['most minutes since have no value', [minutes(5, 10), [10, null, null]]],
  ])('is unknown where %s', (_why, given) => {
    const { limit, ...rest } = gauge([...well, ...given[0], ...between, ...given[1]], given[2]);
    const known = limit === undefined ? rest : { ...rest, limit };
    expect(harmIn(known, bounds(13 + given[1].length))).toBeNull();
  });

  it('is read in whole periods of the metric, two at least', () => {
    const series = { start: AT, periodSeconds: 300, values: [0, 10, 10, 99, 10, 10, 10] };
    const until = (seconds: number) => ({
      ...{ untouched: after(AT, 1000), settled: after(AT, 1100), complete: after(AT, seconds) },
    });
    expect(harmIn(gauge([], { series }), until(1800))).toMatchObject({ since: after(AT, 1200), is: 'alike' });
    expect(harmIn(gauge([], { series }), until(1799))).toBeNull();
  });
});

describe('users are clearly worse off', () => {
  const warm = minutes(2, 100);
  const before = [10, 10, 30, 10, 10];

  it('where each of three minutes is twice as bad as the worst before', () => {
    expect(become(before, [...warm, 60, 60, 60])).toMatchObject({
      ...{ before: 10, now: 60, since: after(AT, 15 * 60), is: 'worse' },
    });
    expect(become(before, [...warm, 60, 59, 60])?.is).toBe('alike');
  });

  it('not in the first two minutes, which may be cold', () => {
    expect(become(before, [100, 100, 100, 100])?.is).toBe('alike');
    expect(become(before, [100, 100, 100, 100, 100])?.is).toBe('worse');
  });

  it('not where it becomes better', () => {
    expect(become(before, [...warm, 100, 90, 80])?.is).toBe('worse');
    expect(become(before, [...warm, 100, 90, 79])?.is).toBe('alike');
  });

  it('not where a minute has no value, or its limit was hardly passed', () => {
    expect(become(before, [...warm, 100, null, 100])?.is).toBe('alike');
    expect(become([1, 1, 1, 6, 6], [...warm, 4, 4, 4])?.is).toBe('less');
  });

  it('only by what users feel', () => {
    const rise = [...warm, 90, 90, 90];
    const of = (metric: Gauge['metric'] | null) =>
      become(before, rise, metric === null ? {} : { metric })?.is;
    expect([of('errors'), of('errorRate'), of('latency'), of('cpu'), of('memory')]).toEqual([
      'worse',
      'worse',
      'alike',
      'alike',
      'alike',
    ]);
    const own = omit(gauge([...well, ...before, ...between, ...rise]), 'metric');
    expect(harmIn(own, bounds(18))?.is).toBe('worse');
    expect(become(minutes(5, 90), minutes(5, 10), { limit: BELOW })?.is).toBe('alike');
  });
});

describe('a backlog that is worked off', () => {
  const of = (since: readonly (number | null)[], more: Partial<Gauge> = {}) =>
    harmIn(
      { ...omit(gauge([...well, 10, 20, 30, 40, 50, ...between, ...since]), 'metric'), ...more },
      bounds(13 + since.length),
    )?.is;

  it('clears no release, and ends no proof', () => {
    expect(of([150, 145, 140, 135, 130])).toBeUndefined();
    expect(of([80, 120, 100, 98, 96, 94, 92])).toBeUndefined();
  });

  it('is not seen where the metric stays, rises between, or is none of an application', () => {
    expect(of(minutes(5, 130))).toBe('worse');
    expect(of([150, 145, 146, 135, 130])).toBe('worse');
    expect(of([150, 145, 140, 135, 130], { metric: 'errors' })).toBe('worse');
    expect(of([80, 70, 60, 50, 40], { limit: BELOW })).toBe('less');
  });
});

it('is said in one sentence, with its numbers', () => {
  const harm = { of: 'failures', unit: 'percent', before: 12.34, now: 11, since: AT, is: 'alike' } as const;
  expect(
    [harm, { ...harm, is: 'less' as const }, { ...harm, is: 'worse' as const }].map(wordsOfHarm),
  ).toEqual([
    'Going back did not help: failures 12.3 % before, 11 % since 03:00 UTC.',
    'The harm is less than before: failures 12.3 % before, 11 % since 03:00 UTC.',
    'Users are clearly worse off than before: failures 12.3 % before, 11 % since 03:00 UTC.',
  ]);
});

it('a value is past a limit above, below, or at it', () => {
  const equal = { ...ABOVE, orEqual: true } as const;
  expect([4, 5, 6].map((value) => isPast(value, ABOVE))).toEqual([false, false, true]);
  expect([4, 5, 6].map((value) => isPast(value, equal))).toEqual([false, true, true]);
  expect([98, 99, 100].map((value) => isPast(value, BELOW))).toEqual([true, false, false]);
});

it('a value has three digits and its unit', () => {
  expect([valueOf(12.345, 'percent'), valueOf(0.5, 'seconds'), valueOf(12_345, 'number')]).toEqual([
    ...['12.3 %', '0.5 s', '12,300'],
  ]);
});
