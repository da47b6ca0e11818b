import { describe, expect, it } from 'vitest';
import { dailyBetween, startDue, type Scheduling } from '../../../functions/readiness/schedule.ts';
import type { Check } from '../../../src/lambda/start-check.ts';
import { after } from '../../../src/rollback/time.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const TARGETS = Array.from({ length: 480 }, (_, index) => `ecs:prod/shop-${index}`);

describe('the daily checks', () => {
  it('are due once a day, and spread over it', () => {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      dailyBetween(TARGETS, after(NOW, hour * 3600), after(NOW, (hour + 1) * 3600)),
    );
    expect(
      hours
        .flat()
        .map(({ target }) => target)
        .toSorted(),
    ).toEqual(TARGETS.toSorted());
    const counts = hours.map(({ length }) => length);
    expect(Math.min(...counts)).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThan(45);
  });
});

/** Returns a schedule that records what it starts. */
function scheduling(more: { readonly dailyUntil: string | null; readonly changed?: readonly string[] }) {
  const started: Check[] = [];
  const kept: string[] = [];
  const of: Scheduling = {
    readinesses: {
      of: () => Promise.resolve(null),
      all: () => Promise.resolve([]),
      keep: () => Promise.resolve(true),
      forget: () => Promise.resolve(),
      known: () => Promise.resolve(TARGETS.slice(0, 10)),
      changed: () =>
        Promise.resolve((more.changed ?? []).map((target) => ({ target, change: `at#${target}` }))),
      started: () => Promise.resolve(),
      dailyUntil: () => Promise.resolve(more.dailyUntil),
      keepDailyUntil: (until) => {
        kept.push(until);
        return Promise.resolve();
      },
    },
    turns: { of: () => Promise.resolve(undefined) },
    start: (check) => {
      started.push(check);
      return Promise.resolve(true);
    },
    tagged: () => Promise.resolve(TARGETS),
    warn: () => undefined,
  };
  return { of, started, kept };
}

describe('the schedule', () => {
  it('starts nothing at its first run, and remembers when that was', async () => {
    const { of, started, kept } = scheduling({ dailyUntil: null });
    await startDue(of, NOW);
    expect([started, kept]).toEqual([[], [NOW]]);
  });

  it('starts what became due since the run before, each target once', async () => {
    const before = after(NOW, -300);
    const { of, started, kept } = scheduling({ dailyUntil: before });
    await startDue(of, NOW);
    const due = dailyBetween(TARGETS, before, NOW).map(({ target }) => target);
    expect(started.map(({ target }) => target)).toEqual(due);
    expect(started.every(({ occasion }) => occasion === 'daily')).toBe(true);
    expect(kept).toEqual([NOW]);
  });

  it('starts a hundred at most, and goes on there', async () => {
    const { of, started, kept } = scheduling({ dailyUntil: after(NOW, -3 * 86_400) });
    await startDue(of, NOW);
    expect(started).toHaveLength(100);
    const last = dailyBetween(TARGETS, after(NOW, -86_400), NOW)[99];
    expect(kept).toEqual([last?.at]);
  });

  it('starts the checks after changes first, and leaves out what is no target', async () => {
    const { of, started } = scheduling({ dailyUntil: NOW, changed: ['ecs:prod/checkout', 'nonsense'] });
    await startDue(of, NOW);
    expect(started).toMatchObject([{ target: 'ecs:prod/checkout', occasion: 'change' }]);
  });
});
