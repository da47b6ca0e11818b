import { expect, it } from 'vitest';
import { readStormTargets } from '../../../functions/guard/storm-targets.ts';

it.each([
  ['5', { most: 5, areOff: false }],
  ['9999', { most: 9999, areOff: false }],
  ['off', { most: 5, areOff: true }],
])('%s is %j', (text, settings) => {
  expect(readStormTargets(text)).toEqual(settings);
});

it.each(['', '0', '-1', '10000', 'on', '5 '])('%j is refused', (text) => {
  expect(() => readStormTargets(text)).toThrow(`STORM_TARGETS is ${text}`);
});
