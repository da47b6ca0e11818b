import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countsOf } from '../../../local/storm/mix.ts';

test('a mix of 5000 has the shares of the kinds', () => {
  expect(Object.fromEntries(countsOf('mixed', 5000))).toEqual({
    ...{ ecs: 2500, lambda: 1000, elb: 750 },
    ...{ route53: 250, asg: 250, codedeploy: 250 },
  });
});

test('the counts add up, whatever the number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), (targets) => {
      const counts = [...countsOf('mixed', targets).values()];
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(targets);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('one kind alone has all targets', () => {
  expect([...countsOf('elb', 7)]).toEqual([['elb', 7]]);
});
