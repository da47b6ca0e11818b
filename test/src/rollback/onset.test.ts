import { expect, test } from 'vitest';
import { onsetBefore } from '../../../src/rollback/onset.ts';
import { at } from './judge-facts.ts';

test.each([
  ['two minutes before it turned, by default', [], '03:02'],
  ['its periods and a minute before', [300, 3], '02:48'],
] as const)('an alarm without datapoints has its onset at most %s', (_, settings, earliest) => {
  expect(onsetBefore(at('03:04'), ...settings)).toEqual({
    at: at(earliest),
    until: at('03:04'),
    estimated: true,
  });
});
