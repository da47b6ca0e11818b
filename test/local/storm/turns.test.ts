import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { KINDS } from '../../../local/storm/subject.ts';
import { alarmNamed, firstTurn, harmBefore, placeInMinute, spread } from '../../../local/storm/turns.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-22T02:00:00Z');

test('all alarms turn within the time, and the first one at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 600 }),
      fc.nat(),
      (count, within, seed) => {
        const offsets = spread(count, within, new Random(seed));
        expect(offsets).toHaveLength(count);
        expect(Math.min(...offsets)).toBe(0);
        expect(Math.max(...offsets)).toBeLessThan(within * 1000);
      },
    ),
  );
});

test('the harm begins with a minute, and its second bad minute is visible at the turn and not a minute before', () => {
  const visible = (kind: string) => (kind === 'lambda' || kind === 'route53' ? 45_000 : 40_000);
  fc.assert(
    fc.property(fc.nat({ max: 3_600_000 }), fc.constantFrom(...KINDS), (offset, kind) => {
      const turn = firstTurn(START) + offset;
      const harm = harmBefore(turn, kind);
      expect(harm % MINUTE).toBe(0);
      expect(harm).toBeGreaterThanOrEqual(START - MINUTE);
      const seenFrom = harm + 2 * MINUTE + visible(kind);
      expect(turn).toBeGreaterThan(seenFrom);
      // An alarm's place is met to half a second.
      expect(turn - MINUTE).toBeLessThanOrEqual(seenFrom + 500);
    }),
  );
});

test('with a minute for all, targets of a load balancer are hurt at the same instant', () => {
  const first = firstTurn(START);
  const harms = [0, 10_000, 59_400].map((offset) => harmBefore(first + offset, 'ecs'));
  expect(new Set(harms).size).toBe(1);
});

test('an alarm is named so that it is evaluated when it shall turn, to half a second', () => {
  const phaseOf = (name: string) => new Random(1, name).between(0, MINUTE);
  for (const offset of [0, 19_000, 59_000, 75_500]) {
    const place = placeInMinute(offset);
    const distance = Math.abs(phaseOf(alarmNamed('errors', place, phaseOf)) - place);
    expect(Math.min(distance, MINUTE - distance)).toBeLessThan(500);
  }
});
