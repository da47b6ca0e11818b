import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRota } from '../../../src/aws/rota.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();

test('in a minute the turns take no more than the calls, and each target has one before any has its second', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 2 }),
      (callsPerMinute, count, calls) => {
        const rota = createRota(callsPerMinute);
        const had = new Map<string, number>();
        const targets = Array.from({ length: count }, (_, i) => `t${i}`);
        const minutes = Math.ceil(count / Math.floor(callsPerMinute / calls)) * 3;
        for (let minute = 0; minute < minutes; minute++) {
          const now = targets.filter((target) => rota.isTurnOf(target, calls, at(minute)));
          expect(now.length * calls).toBeLessThanOrEqual(callsPerMinute);
          for (const target of now) had.set(target, (had.get(target) ?? 0) + 1);
          const counts = targets.map((target) => had.get(target) ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
        expect(had.size).toBe(count);
      },
    ),
  );
});

test('where the calls suffice, each minute is the turn of each target', () => {
  const rota = createRota(10);
  for (const minute of [0, 1, 2])
    for (const target of ['a', 'b']) expect(rota.isTurnOf(target, 5, at(minute))).toBe(true);
});

test('no target has two turns in a minute', () => {
  const rota = createRota(10);
  expect([rota.isTurnOf('a', 1, at(0)), rota.isTurnOf('a', 1, at(0))]).toEqual([true, false]);
});
