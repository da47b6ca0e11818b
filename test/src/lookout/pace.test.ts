import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areMinutesDue,
  areTargetsDue,
  isDue,
  MAX_FOLLOWED_SECONDS,
  paceAt,
} from '../../../src/lookout/pace.ts';
import { at, START } from './followed.ts';

const age = fc.integer({ min: 0, max: MAX_FOLLOWED_SECONDS });

describe('the pace', () => {
  it('never quickens', () => {
    fc.assert(
      fc.property(age, age, (one, other) => {
        const [younger, older] = [one, other]
          .toSorted((a, b) => a - b)
          .map((seconds) => paceAt(START, at(seconds)));
        for (const what of ['look', 'sides', 'targets', 'minutes'] as const)
          expect(younger![what]).toBeLessThanOrEqual(older![what]);
      }),
    );
  });

  it('reads nothing more often than it looks', () => {
    fc.assert(
      fc.property(age, (seconds) => {
        const { look, sides, targets, minutes } = paceAt(START, at(seconds));
        expect(Math.min(sides, targets, minutes)).toBeGreaterThanOrEqual(look);
      }),
    );
  });
});

describe('a reading is due', () => {
  it('where it was never read, and after its time, with a little slack of the clock', () => {
    expect(isDue(undefined, 60, at(0))).toBe(true);
    expect([50, 59, 60].map((seconds) => isDue(at(0), 60, at(seconds)))).toEqual([false, true, true]);
  });

  it('of targets at each early look until the newer side is up', () => {
    const due = (isUp: boolean, second: number) =>
      areTargetsDue({ targetsAt: at(second - 6) }, isUp, START, at(second));
    expect([due(false, 60), due(true, 60), due(false, 1200)]).toEqual([true, false, false]);
  });

  it('of metrics as soon as another minute may be shown', () => {
    const due = (second: number, newest?: number) =>
      areMinutesDue(
        { minutesAt: at(second - 6) },
        newest === undefined ? undefined : at(newest),
        START,
        at(second),
      );
    expect(due(179, 60)).toBe(false);
    expect(due(230, 60)).toBe(true);
    expect(due(230, 120)).toBe(false);
    expect(due(230)).toBe(false);
    expect(due(1230, 60)).toBe(false);
  });
});
