import { describe, expect, it } from 'vitest';
import type { Look, Probed } from '../../../../src/lookout/document.ts';
import {
  at,
  everyWeighed,
  ids,
  lookAt,
  minutes,
  probes,
  repeat,
  targetsAt,
  weighAll,
  type Point,
} from '../followed.ts';

const NEW = ids('new', 2);
const OLD = ids('old', 2);

/**
 * Looks each ten seconds, with the probes of a second. The targets of the newer side are healthy after a minute.
 */
function looks(to: number, probed: (second: number) => readonly Probed[]): readonly Look[] {
  return Array.from({ length: to / 10 }, (_, index) => {
    const second = 10 * index;
    const newer = second < 60 ? {} : { healthy: NEW };
    return lookAt(second, { probes: probed(second), ...targetsAt(second, newer, { healthy: OLD }) });
  });
}

/** Two of five probes fail in these spans. */
const failing =
  (...spans: readonly (readonly [from: number, to: number])[]) =>
  (second: number) => [probes({ failed: spans.some(([from, to]) => second >= from && second < to) ? 2 : 0 })];

const isAccused = (all: readonly Look[]) => weighAll(all).state === 'accuse';

describe('probes where users go', () => {
  it('accuse by persistence once they stay bad', () => {
    const weighed = weighAll(looks(400, failing([200, 400])));
    expect(weighed).toMatchObject({ state: 'accuse', by: 'persistence', since: at(200) });
    expect(Date.parse(weighed.at) - Date.parse(at(200))).toBeGreaterThan(60_000);
    expect(Date.parse(weighed.at) - Date.parse(at(200))).toBeLessThan(90_000);
  });

  it('do not accuse for as long as a dependency hiccups', () => {
    expect(isAccused(looks(600, failing([200, 250])))).toBe(false);
  });

  it('accuse sooner where the harm began with the first traffic of the newer side', () => {
    const weighed = weighAll(looks(400, failing([60, 400])));
    expect(weighed).toMatchObject({ state: 'accuse', since: at(60) });
    expect(Date.parse(weighed.at) - Date.parse(at(60))).toBeLessThanOrEqual(60_000);
    expect(isAccused(looks(400, failing([60, 90])))).toBe(false);
  });

  it('do not accuse after a gap without a bad one: each spell is its own', () => {
    expect(isAccused(looks(800, failing([200, 240], [310, 350], [420, 460], [530, 570])))).toBe(false);
  });

  it('accuse over a short gap: four of five may be answered by chance', () => {
    expect(isAccused(looks(400, failing([200, 220], [240, 260], [280, 400])))).toBe(true);
  });

  it('do not accuse where they were bad before the deployment', () => {
    const sick = weighAll(looks(600, () => [probes({ failed: 3 })]));
    expect(sick.state).not.toBe('accuse');
    expect(sick.says.join()).toContain('they failed before the newer side took traffic');
  });

  it('do not accuse where nothing is known of before', () => {
    const late = looks(800, failing([300, 800])).filter(({ at: now }) => now >= at(250));
    expect(isAccused(late)).toBe(false);
  });

  /** The metrics of ten minutes before the deployment, and of those since. */
  const measured = (second: number, since: readonly Point[] = []) => ({
    minutes: [minutes('whole', [...repeat<Point>(10, [1000, 2, 0.1]), ...since])],
    minutesAt: at(second),
  });

  it('do not accuse where they failed before, whatever the metrics of that time show: a page behind a login', () => {
    const login = looks(600, () => [probes({ failed: 5, seconds: null })]);
    const well = login.map((look, index) => ({ ...look, ...measured(10 * index) }));
    const weighed = weighAll(well);
    expect(weighed.state).not.toBe('accuse');
    expect(weighed.says.join()).toContain('they failed before the newer side took traffic');
  });

  it('do not accuse where an earlier release hurts until its fix is out', () => {
    const fix = looks(400, failing([0, 140])).map((look, index) => ({ ...look, ...measured(10 * index) }));
    expect(isAccused(fix)).toBe(false);
  });

  it('that came late accuse once they were well, or the metrics show the harm as well', () => {
    const late = (from: number, since: readonly Point[] = []) =>
      looks(500, failing([from, 500]))
        .filter(({ at: now }) => now >= at(250))
        .map((look) => ({
          ...look,
          ...measured(Math.round((Date.parse(look.at) - Date.parse(at(0))) / 1000), since),
        }));
    expect(isAccused(late(0))).toBe(false);
    expect(isAccused(late(300))).toBe(true);
    expect(isAccused(late(0, [...repeat<Point>(3, [1000, 2, 0.1]), [1000, 300, 0.1]]))).toBe(true);
  });

  it('do not accuse where no target is registered: an operator scaled it to zero', () => {
    const empty = looks(400, failing([200, 400])).map((look, index) =>
      index < 20 ? look : { ...look, ...targetsAt(10 * index, {}, {}) },
    );
    expect(isAccused(empty)).toBe(false);
    expect(weighAll(empty).says.join()).toContain('No target of checkout:2 is registered.');
  });

  it('do not accuse by a small share', () => {
    const few = (second: number) => [probes({ sent: 50, failed: second >= 200 ? 1 : 0 })];
    expect(isAccused(looks(600, few))).toBe(false);
  });

  it('are good where all of the last minute were answered, and open while some fail', () => {
    const answers = everyWeighed(looks(300, failing([200, 230])));
    expect(answers[18]?.says.join()).toMatch(/^All of \d+ probes were answered well\.$/);
    expect(answers[22]?.says.join()).toContain('a failing dependency may look the same');
  });
});

describe('slow probes', () => {
  const slow = (from: number, to: number) => (second: number) => [
    probes(second >= from && second < to ? { slow: 2, seconds: 0.1 } : {}),
  ];

  it('do not count while the newest targets warm up', () => {
    expect(isAccused(looks(400, slow(60, 100)))).toBe(false);
    expect(weighAll(looks(100, slow(60, 100))).says.join()).not.toContain('far slower');
  });

  it('count once the targets are warm', () => {
    expect(weighAll(looks(600, slow(200, 600)))).toMatchObject({ state: 'accuse', since: at(200) });
  });
});

describe('probes through a test listener', () => {
  const both =
    (newer: Partial<Probed>, users: Partial<Probed> = {}) =>
    (): readonly Probed[] => [probes(users), probes({ through: 'newer', ...newer })];
  /** No target of the newer side takes traffic of users yet. */
  const before = (all: readonly Look[]) =>
    all.map(({ at: now, probes: sent, stops, missing }) => ({ at: now, probes: sent, stops, missing }));

  it('accuse by those where users go, at the same time', () => {
    const weighed = weighAll(before(looks(120, both({ failed: 4 }))));
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control', since: at(0) });
  });

  it('do not accuse where those of users fail as well', () => {
    expect(isAccused(before(looks(600, both({ failed: 4 }, { failed: 4 }))))).toBe(false);
  });

  it('do not accuse with few of those of users: there is no control', () => {
    const alone = (second: number) => [
      ...(second === 0 ? [probes()] : []),
      probes({ through: 'newer', failed: 5 }),
    ];
    expect(isAccused(before(looks(600, alone)))).toBe(false);
  });

  it('do not accuse by one look', () => {
    expect(isAccused(before(looks(10, both({ failed: 5 }))))).toBe(false);
  });

  it('are good where all are answered', () => {
    expect(weighAll(before(looks(120, both({})))).says.join()).toContain('0 of 60 probes of checkout:2');
  });
});
