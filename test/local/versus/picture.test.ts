import { expect, test } from 'vitest';
import { pictureOf } from '../../../local/versus/picture.ts';
import { measured, storyResult } from './measured.ts';

const result = {
  stories: [
    storyResult('errors', (arm) => measured({ badSeconds: arm === 'nothing' ? 1178 : 100 })),
    storyResult('quiet & <still>', () => measured({ badSeconds: 0 })),
  ],
  good: [],
};

test('every story has a bar for each arm, beside the legend', () => {
  const picture = pictureOf(result);
  expect(picture.match(/<rect /g)).toHaveLength(6 + 2 * 6);
  expect(picture).toContain('>AWS and Lastgood<');
});

test('a bar that is cut says so, and how long it is', () => {
  const picture = pictureOf(result);
  expect(picture).toContain('→ 1,178');
  expect(
    Math.max(...[...picture.matchAll(/ width="(\d+)" height="10"/g)].map(([, width]) => Number(width))),
  ).toBe(640);
});

test('it is well-formed, without a background or a theme of its own', () => {
  const picture = pictureOf(result);
  expect(picture).toContain('quiet &amp; &lt;still&gt;');
  expect(picture).not.toMatch(/prefers-color-scheme|#fff|#000/);
  expect(picture.match(/<text /g)?.length).toBe(picture.match(/<\/text>/g)?.length);
});

test('the same result gives the same picture', () => {
  expect(pictureOf(result)).toBe(pictureOf(structuredClone(result)));
});
