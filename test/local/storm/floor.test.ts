import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { floorSeconds, NEEDED, secondsFor } from '../../../local/storm/floor.ts';
import { countsOf, MIXES } from '../../../local/storm/mix.ts';

describe('the floor', () => {
  it('of 500 ECS services is that of their writes', () => {
    expect(floorSeconds('ecs', 500)).toBe((500 - 50) / 5);
  });

  it('of 500 load balancer rules is that of their reads, of which each rollback needs several', () => {
    const calls = NEEDED.elb.find(({ bucket }) => bucket.name.endsWith('read'))?.calls ?? 0;
    expect(floorSeconds('elb', 500)).toBe((500 * calls - 40) / 10);
    expect(floorSeconds('elb', 500)).toBeGreaterThan((500 - 20) / 3);
  });

  it('is zero while every burst suffices', () => {
    expect(floorSeconds('ecs', 10)).toBe(0);
  });

  it('of a mix is that of its slowest kind, and never sinks with more targets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(...MIXES), (targets, mix) => {
        const alone = [...countsOf(mix, targets)].flatMap(([kind, count]) =>
          NEEDED[kind].map(({ bucket, calls }) => secondsFor(calls * count, bucket)),
        );
        expect(Math.abs(floorSeconds(mix, targets) - Math.max(0, ...alone))).toBeLessThanOrEqual(0.0501);
        expect(floorSeconds(mix, targets + 50)).toBeGreaterThanOrEqual(floorSeconds(mix, targets));
      }),
    );
  });
});

test('every need says how many calls and why', () => {
  for (const { calls, because } of Object.values(NEEDED).flat()) {
    expect(calls).toBeGreaterThan(0);
    expect(because).not.toBe('');
  }
});
