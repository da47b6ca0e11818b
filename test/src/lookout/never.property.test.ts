import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Look } from '../../../src/lookout/document.ts';
import {
  at,
  crash,
  everyWeighed,
  ids,
  lookAt,
  minutes,
  probes,
  repeat,
  rolling,
  sides,
  targetsAt,
  type Point,
} from './followed.ts';

const accuses = (looks: readonly Look[], both = sides()) =>
  everyWeighed(looks, both).some(({ state }) => state === 'accuse');

/** Ages of a deployment, ascending, at which a lookout looks. */
const ages = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 })
  .map((steps) => steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], []));

describe('a lookout never accuses', () => {
  it('on missing data, however long it is missing', () => {
    const nothing = fc.constantFrom<Partial<Look>>(
      {},
      { probes: [probes({ sent: 0, seconds: null })] },
      { missing: ['The targets could not be read: Throttled.'] },
      { minutes: [] },
      { minutes: [minutes('newer', repeat(20, undefined)), minutes('older', repeat(20, undefined))] },
      { targets: [] },
      targetsAt(0, {}),
    );
    fc.assert(
      fc.property(
        ages,
        fc.array(nothing, { minLength: 40, maxLength: 40 }),
        fc.boolean(),
        (all, seen, isRolling) => {
          const looks = all.map((age, index) =>
            lookAt(age, { ...seen[index], targetsAt: at(age), minutesAt: at(age) }),
          );
          expect(accuses(looks, isRolling ? rolling() : sides())).toBe(false);
        },
      ),
    );
  });

  it('of a fault that hits both sides alike, however the traffic is divided', () => {
    const minute = fc.record({
      all: fc.integer({ min: 400, max: 3000 }),
      part: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    });
    const fault = fc.record({
      share: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      latency: fc.double({ min: 0.05, max: 5, noNaN: true }),
      from: fc.integer({ min: 0, max: 8 }),
    });
    fc.assert(
      fc.property(
        fc.array(minute, { minLength: 4, maxLength: 12 }),
        fault,
        (all, { share, latency, from }) => {
          const of = (part: (one: (typeof all)[number]) => number) =>
            all.map((one, index): Point => {
              const requests = Math.round(one.all * part(one));
              const isBad = index >= from;
              return [requests, isBad ? Math.round(requests * share) : 0, isBad ? latency : 0.05];
            });
          const measured = [
            minutes('newer', [...repeat(10, undefined), ...of(({ part }) => part)]),
            minutes('older', [...repeat<Point>(10, [1000, 0, 0.05]), ...of(({ part }) => 1 - part)]),
          ];
          const looks = all.map((_, index) => {
            const age = 60 * index + 130;
            const seen = measured.map((one) => upTo(one, 10 + index + 1));
            return lookAt(age, { minutes: seen, minutesAt: at(age) });
          });
          expect(accuses(looks, sides({ at: at(60 * all.length) }))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of crashes that the older side has as well', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 30 }), (seconds) => {
        const stops = seconds.flatMap((second) => [crash(second), crash(second, { side: 'older' })]);
        expect(accuses([lookAt(901, { stops })])).toBe(false);
      }),
    );
  });

  it('of targets that are unhealthy on both sides', () => {
    fc.assert(
      fc.property(
        ages,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (all, newer, older) => {
          const looks = all.map((age) =>
            lookAt(age, targetsAt(age, { unhealthy: ids('new', newer) }, { unhealthy: ids('old', older) })),
          );
          expect(accuses(looks)).toBe(false);
        },
      ),
    );
  });
});

/** The minutes as they are known before the others have passed. */
function upTo(one: ReturnType<typeof minutes>, count: number): ReturnType<typeof minutes> {
  const cut = (series: typeof one.requests) =>
    series === null ? null : { ...series, values: series.values.slice(0, count) };
  return { of: one.of, requests: cut(one.requests), errors: cut(one.errors), latency: cut(one.latency) };
}
