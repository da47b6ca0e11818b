import { expect, test } from 'vitest';
import { NAMES, readOptions, type Given } from '../../../local/versus/options.ts';
import { stories } from '../../../local/versus/stories.ts';
import { goodReleases } from '../../../local/versus/good.ts';

test('without options every story and every good release is played with five seeds, on every processor', () => {
  expect(readOptions({}, 2)).toEqual({ seeds: [1, 2, 3, 4, 5], names: NAMES, processes: 2, picture: null });
});

test('stories and kinds of good releases may be chosen, and keep the order of the tables', () => {
  const given = { seeds: '7-8', stories: 'warm-up-rolling, latency,errors', picture: 'docs/versus.svg' };
  expect(readOptions({ ...given, processes: '1' }, 2)).toEqual({
    ...{ seeds: [7, 8], names: ['errors', 'latency', 'warm-up-rolling'], processes: 1 },
    picture: 'docs/versus.svg',
  });
});

test.each<[Given, RegExp]>([
  [
    { seeds: 'all' },
    /--seeds must be a seed, or the first and the last of at most 1000, as in 1-20, not "all"/,
  ],
  [{ seeds: '5-1' }, /--seeds/],
  [{ seeds: '1-1001' }, /--seeds/],
  [
    { stories: 'errors,latencies' },
    /--stories has no story "latencies"; --help names them \(did you mean latency\?\)/,
  ],
  [{ stories: '' }, /--stories has no story ""/],
  [{ processes: '0' }, /--processes must be a whole number from 1 to 999, not "0"/],
  [{ picture: 'versus.png' }, /--picture must be a file \.svg, not "versus\.png"/],
])('refuses %o and names the option', (given, error) => {
  expect(readOptions(given, 2)).toEqual({ error: expect.stringMatching(error) as string });
});

test('there are sixteen stories and twelve kinds of good releases, each with a name of its own', () => {
  expect([stories.length, goodReleases.length, new Set(NAMES).size]).toEqual([16, 12, 28]);
});
