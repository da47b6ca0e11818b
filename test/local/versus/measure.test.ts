import { expect, test } from 'vitest';
import { noticed, stretchesOf } from '../../../local/versus/measure.ts';

const SECOND = 1000;

/** Returns seconds of 50 requests each, of which so many are bad. */
function history(...bad: readonly (readonly [seconds: number, errors: number])[]) {
  return bad
    .flatMap(([seconds, errors]) => Array.from({ length: seconds }, () => errors))
    .map((errors, second) => ({ at: new Date(second * SECOND), requests: 50, errors, slow: 0 }));
}

test('two waves of errors are two stretches, and are summed', () => {
  const waves = history([10, 0], [20, 25], [60, 0], [5, 50], [60, 0]);
  expect(stretchesOf(waves, 0)).toEqual([
    { since: 10 * SECOND, until: 30 * SECOND },
    { since: 90 * SECOND, until: 95 * SECOND },
  ]);
  expect(noticed(waves, 0, 155 * SECOND)).toEqual({ badSeconds: 25, badRequests: 750, served: 95 });
});

test('trouble that lasts counts until the end, and is never over', () => {
  expect(noticed(history([10, 0], [50, 20]), 0, 60 * SECOND)).toEqual({
    ...{ badSeconds: 50, badRequests: 1000, served: null },
  });
});

test('seconds count from the release on, and single errors are no trouble', () => {
  const before = history([60, 50], [60, 0], [1, 1], [60, 0]);
  expect(noticed(before, 60 * SECOND, 181 * SECOND)).toEqual({
    ...{ badSeconds: 0, badRequests: 0, served: null },
  });
});
