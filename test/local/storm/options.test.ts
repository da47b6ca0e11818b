import { expect, test } from 'vitest';
import { readOptions, type Given } from '../../../local/storm/options.ts';

test('without options it is a mixed storm of 100 targets within a minute', () => {
  expect(readOptions({})).toEqual({
    ...{ mode: 'storm', targets: 100, kind: 'mixed', within: 60, allMayAct: false, seed: 1 },
  });
});

test('an idle run has the same defaults, and a length', () => {
  expect(readOptions({ idle: true })).toEqual({
    ...{ mode: 'idle', targets: 100, kind: 'mixed', minutes: 60, seed: 1 },
  });
  expect(readOptions({ idle: true, targets: '5000', minutes: '90', seed: '7' })).toMatchObject({
    ...{ targets: 5000, minutes: 90, seed: 7 },
  });
});

test.each<[Given, RegExp]>([
  [{ targets: '0' }, /--targets must be a whole number from 1 to 20000, not "0"/],
  [{ targets: '1.5' }, /--targets/],
  [{ within: 'a minute' }, /--within must be a whole number from 1 to 3600, not "a minute"/],
  [{ idle: true, minutes: '1441' }, /--minutes must be a whole number from 1 to 1440/],
  [{ seed: '-1' }, /--seed/],
  [{ kind: 'lambda' }, /--kind must be one of ecs, elb, mixed, not "lambda"/],
  [{ minutes: '5' }, /--minutes needs --idle/],
  [{ idle: true, within: '5' }, /--within is for a storm/],
  [{ idle: true, allMayAct: true }, /--all-may-act is for a storm/],
])('refuses %o and names the option', (given, error) => {
  expect(readOptions(given)).toEqual({ error: expect.stringMatching(error) as string });
});
