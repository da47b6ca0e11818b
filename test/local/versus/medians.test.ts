import { expect, test } from 'vitest';
import { ARM_NAMES } from '../../../local/versus/arms.ts';
import type { Done } from '../../../local/versus/jobs.ts';
import { median, sumUp } from '../../../local/versus/medians.ts';
import { measured } from './measured.ts';

test.each([
  [[3], 3],
  [[9, 1, 3], 3],
  [[1, 2, 4, 9], 3],
  [[null, 2, 1], 2],
  [[null, null, 1], null],
  [[null, 1], null],
  [[], null],
])('the median of %o is %o: null is later than every number', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('runs of a story become the medians of each arm', () => {
  const runs = ARM_NAMES.flatMap((arm) =>
    [10, 30, 20].map((badSeconds, seed): Done => ({
      ...{ name: 'errors', arm, seed },
      run: { ...measured({ badSeconds, alarm: seed === 0 ? 200 : null }), takenBack: false },
    })),
  );
  const { stories, good } = sumUp(['errors'], runs);
  expect(stories[0]?.arms.both).toEqual(measured({ badSeconds: 20 }));
  expect(Object.keys(stories[0]?.arms ?? {})).toEqual([...ARM_NAMES]);
  expect(good).toEqual([]);
});

test('good releases that were taken back are counted, by AWS and by the lookout alone', () => {
  const run = (arm: Done['arm'], seed: number, takenBack: boolean): Done => ({
    ...{ name: 'warm-up-rolling', arm, seed },
    run: { ...measured(), takenBack },
  });
  const runs = [1, 2, 3].flatMap((seed) => [
    run('natives10', seed, seed > 1),
    run('lookout-alone', seed, seed > 2),
  ]);
  expect(sumUp(['warm-up-rolling'], runs)).toEqual({
    stories: [],
    good: [{ noise: 'warm-up-rolling', seeds: 3, alarm: 2, lookout: 1 }],
  });
});
