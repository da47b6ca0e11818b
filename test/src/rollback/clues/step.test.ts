import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grewWith } from '../../../../src/rollback/clues/grown.ts';
import { startOfStep } from '../../../../src/rollback/clues/step.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Level } from '../../../../src/rollback/clues/levels.ts';
import { along, at, factsOf, meter, NOW, REQUESTS, sceneIn, steps, V41, V42 } from './night.ts';

const USUAL = { middle: 0, spread: 0 };
const MINUTES = 60;
const levelOf = (valueAt: (minute: number) => number | null, noise = 0.001): Level => ({
  start: at('00:00'),
  values: Array.from({ length: MINUTES }, (_, minute) => valueAt(minute)),
  noise: Array.from({ length: MINUTES }, () => noise),
});
/** Errors of a hundred and more requests a minute, since so many minutes before 03:02, and 20 % since then. */
const mildSince = (minutes: number, mild = 20) =>
  meter(
    'errors',
    along('00:00', (minute) => (minute >= 182 ? 200 : minute >= 182 - minutes ? mild : null)),
  );

describe('a step to the harm', () => {
  test('begins after a mild level that had lasted, however long before it rose', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 40 }),
        fc.double({ min: 0.005, max: 0.04, noNaN: true }),
        (step, mild) => {
          const level = levelOf((minute) => (minute < 3 ? 0 : minute < step ? mild : 0.4));
          expect(startOfStep(level, step, USUAL)).toBe(step);
        },
      ),
    );
  });

  test('begins with its first target, where the others follow one a minute', () => {
    const level = levelOf((minute) => (minute < 30 ? 0.02 : Math.min(0.4, (minute - 29) * 0.1)));
    for (const seen of [30, 31, 33, 36]) expect(startOfStep(level, seen, USUAL)).toBe(30);
  });

  test.each([
    ['a slow leak', levelOf((minute) => minute * 0.005), 40],
    ['a level that was most of the harm already', levelOf((minute) => (minute < 30 ? 0.15 : 0.4)), 30],
    ['no minute before it', levelOf((minute) => (minute < 30 ? null : 0.4)), 30],
    ['a level that strays as far', levelOf((minute) => (minute < 30 ? 0.02 : 0.4), 0.2), 30],
  ])('is none in %s', (_, level, seen) => {
    expect(startOfStep(level, seen, USUAL)).toBeNull();
  });
});

describe('a mild rise before a release', () => {
  test.each([10, 20, 29, 45, 60])('of %i minutes ago is no beginning of its harm', (minutes) => {
    const scene = sceneIn({ measured: [REQUESTS, mildSince(minutes)] });
    expect(scene).toMatchObject({ onset: { at: at('03:02') }, suspect: { id: V42.id } });
    expect(judge(factsOf({ measured: [REQUESTS, mildSince(minutes)] }), NOW).verdict).toBe('act');
  });

  test('of three minutes ago asks: most of the harm came with the release', () => {
    const measured = [REQUESTS, mildSince(4)];
    expect(sceneIn({ measured })).toMatchObject({ suspect: V41, later: [{ id: V42.id }] });
    const { verdict, reasons } = judge(factsOf({ measured }, { looks: 2 }), NOW);
    expect([verdict, ...reasons].join(' ')).toMatch(
      /^ask .*The harm began before checkout:42 was deployed, and most of it came since then, so a person decides/,
    );
  });

  test('that was half of the harm is still skipped', () => {
    const { verdict, reasons } = judge(
      factsOf({ measured: [REQUESTS, mildSince(4, 100)] }, { looks: 2 }),
      NOW,
    );
    expect([verdict, ...reasons].join(' ')).toMatch(/^skip .*the window is 60 minutes/);
  });
});

describe('harm that grew with a later deployment', () => {
  const grew = (measured: Parameters<typeof sceneIn>[0]) => grewWith(sceneIn(measured), V42);

  test('is known by the minutes before it', () => {
    expect(grew({ measured: [REQUESTS, mildSince(4)] })).toBe(true);
    expect(grew({ measured: [REQUESTS, mildSince(4, 100)] })).toBe(false);
  });

  test('is not known where none was measured, before it or at all', () => {
    expect(grew({ measured: [] })).toBe(false);
    expect(grew({})).toBe(false);
    const silent = meter('requests', steps({ '00:00': 1000, '02:58': null }));
    expect(grew({ measured: [silent, mildSince(4)] })).toBe(false);
  });
});
