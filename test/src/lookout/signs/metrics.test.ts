import { describe, expect, it } from 'vitest';
import type { BothSides, Look } from '../../../../src/lookout/document.ts';
import { at, lookAt, minutes, probes, repeat, sides, weighAll, type Point } from '../followed.ts';

/** Ten minutes before the deployment, and the minutes since. */
const BEFORE: readonly Point[] = repeat(10, [1000, 2, 0.1]);
const NONE: readonly Point[] = repeat(10, undefined);

/** A look long after the last of these minutes. The sides were read at the same time. */
function seen(newer: readonly Point[], older: readonly Point[], more: Partial<BothSides> = {}) {
  const all = [minutes('newer', [...NONE, ...newer]), minutes('older', [...BEFORE, ...older])];
  return weighAll([lookOf(all, 60 * newer.length + 90)], sides({ at: at(60 * newer.length), ...more }));
}

const lookOf = (all: Look['minutes'], second: number): Look =>
  lookAt(second, { ...(all && { minutes: all }), minutesAt: at(second) });

const first: Point = [300, 1, 0.1];

describe('the errors of both sides in the same minutes', () => {
  it('accuse the newer side where it fails far more', () => {
    const weighed = seen([first, [300, 60, 0.1], [300, 60, 0.1]], repeat(3, [700, 2, 0.1]));
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control' });
    expect(weighed.says.join()).toMatch(
      /20 % of 600 requests to checkout:2 failed, 0\.3 % of 1400 to the revision before/,
    );
  });

  it('do not accuse where both fail alike', () => {
    expect(seen(repeat(3, [300, 90, 0.1]), repeat(3, [700, 210, 0.1])).state).not.toBe('accuse');
  });

  it('do not accuse where the older side is sick, though the newer one fails more', () => {
    expect(seen(repeat(3, [300, 120, 0.1]), repeat(3, [700, 100, 0.1])).state).not.toBe('accuse');
  });

  it('do not accuse with few requests of one side', () => {
    expect(seen(repeat(3, [12, 6, 0.1]), repeat(3, [700, 2, 0.1])).state).not.toBe('accuse');
    expect(
      seen(
        [first, [900, 200, 0.1]],
        [
          [700, 2, 0.1],
          [10, 0, 0.1],
        ],
      ).state,
    ).not.toBe('accuse');
  });

  it('do not accuse of what chance explains', () => {
    expect(seen(repeat(3, [300, 6, 0.1]), repeat(3, [700, 7, 0.1])).state).not.toBe('accuse');
  });

  it('do not accuse of what is over', () => {
    const over = [first, [300, 60, 0.1], first, first] as const;
    expect(seen(over, repeat(4, [700, 2, 0.1])).state).not.toBe('accuse');
  });

  it('do not accuse by the minute of a shift, in which the sides follow each other', () => {
    const weighed = seen([[500, 250, 0.1]], [[500, 1, 0.1]]);
    expect(weighed.state).not.toBe('accuse');
    const later = seen(
      [
        [500, 250, 0.1],
        [1000, 10, 0.1],
      ],
      [[500, 1, 0.1], undefined],
    );
    expect(later.state).not.toBe('accuse');
  });

  it('accuse in the first minute of a shift that AWS divides', () => {
    const weighed = seen([[500, 250, 0.1]], [[500, 1, 0.1]], { divided: true });
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control' });
  });

  it('do not accuse by minutes before the deployment', () => {
    const all = [
      minutes('newer', repeat<Point>(10, [300, 100, 0.1])),
      minutes('older', repeat<Point>(10, [700, 2, 0.1])),
    ];
    expect(weighAll([lookOf(all, 90)]).state).not.toBe('accuse');
  });
});

describe('the newest minute', () => {
  const all = (newest: Point, ofOlder: Point) => [
    minutes('newer', [...NONE, first, first, newest]),
    minutes('older', [...BEFORE, [700, 2, 0.1], [700, 2, 0.1], ofOlder]),
  ];

  it('counts where it is whole, by the requests of both sides', () => {
    const whole = all([300, 150, 0.1], [700, 2, 0.1]);
    expect(weighAll([lookOf(whole, 190)], sides({ at: at(190) })).state).toBe('accuse');
  });

  it('does not count where it is not whole yet, and does a minute later', () => {
    const partial = all([150, 75, 0.1], [300, 1, 0.1]);
    expect(weighAll([lookOf(partial, 190)], sides({ at: at(190) })).state).not.toBe('accuse');
    expect(weighAll([lookOf(partial, 260)], sides({ at: at(260) })).state).toBe('accuse');
  });
});

describe('the latency of both sides in the same minutes', () => {
  it('accuses the newer side where it is far slower', () => {
    const weighed = seen([first, [300, 1, 2.5]], repeat(2, [700, 2, 0.1]));
    expect(weighed).toMatchObject({ state: 'accuse', by: 'control', since: at(60) });
  });

  it('accuses the newer side where it is slower for minutes', () => {
    const weighed = seen([first, ...repeat<Point>(3, [300, 1, 0.6])], repeat(4, [700, 2, 0.1]));
    expect(weighed.state).toBe('accuse');
    expect(seen([first, [300, 1, 0.6]], repeat(2, [700, 2, 0.1])).state).not.toBe('accuse');
  });

  it('does not accuse where both are slow', () => {
    expect(seen([first, ...repeat<Point>(4, [300, 1, 2.5])], repeat(5, [700, 2, 2.5])).state).not.toBe(
      'accuse',
    );
  });
});

describe('minutes on end without a control', () => {
  /** The whole target is measured, and no side of it. */
  const whole = (points: readonly Point[], before = BEFORE) =>
    weighAll(
      [lookOf([minutes('whole', [...before, ...points])], 60 * points.length + 90)],
      sides({ at: at(60 * points.length) }),
    );
  const bad: Point = [1000, 200, 0.1];
  const well: Point = [1000, 2, 0.1];

  it('accuse by persistence', () => {
    expect(whole([well, bad, bad, bad])).toMatchObject({ state: 'accuse', by: 'persistence', since: at(60) });
  });

  it('do not accuse by two, nor by three with a good one between them', () => {
    for (const points of [
      [well, bad, bad],
      [bad, bad, well, bad],
      [bad, well, bad, bad],
    ])
      expect(whole(points).state).not.toBe('accuse');
  });

  it('do not accuse where it was as bad before, or where that is not known', () => {
    expect(whole(repeat(5, bad), repeat(10, bad)).state).not.toBe('accuse');
    expect(whole(repeat(5, bad), repeat(10, undefined)).state).not.toBe('accuse');
  });

  it('accuse of latency', () => {
    expect(whole(repeat(4, [1000, 2, 3])).state).toBe('accuse');
    expect(whole(repeat(4, [1000, 2, 0.4])).state).not.toBe('accuse');
  });

  it('do not accuse with few requests', () => {
    expect(whole(repeat(10, [10, 5, 3])).state).not.toBe('accuse');
  });

  it('accuse the newer side that has taken all traffic', () => {
    const weighed = seen(repeat(4, [1000, 200, 0.1]), [[100, 1, 0.1], undefined, undefined, undefined]);
    expect(weighed).toMatchObject({ state: 'accuse', by: 'persistence' });
  });

  it('are good where none was bad', () => {
    expect(whole(repeat(4, well)).says.join()).toContain('0.2 % of 1000 requests failed');
  });
});

describe('persistence', () => {
  const sick: Point = [500, 150, 0.1];

  it('does not accuse while the older side, measured at the same time, is sick too', () => {
    const weighed = seen(repeat(5, sick), repeat(5, sick));
    expect(weighed.state).not.toBe('accuse');
    expect(weighed.says.join()).toContain('the revision before was bad as well');
  });

  it('does not accuse by probes then', () => {
    const both = sides({ at: at(300) });
    const all = [
      minutes('newer', [...NONE, ...repeat<Point>(8, sick)]),
      minutes('older', [...BEFORE, ...repeat<Point>(8, sick)]),
    ];
    const looks = (measured: Look['minutes']) =>
      Array.from({ length: 20 }, (_, index) => ({
        ...lookOf(measured, 300 + 10 * index),
        probes: [probes({ failed: 3 })],
      }));
    expect(weighAll(looks(all), both).state).not.toBe('accuse');
    const alone = [minutes('whole', [...BEFORE, ...repeat<Point>(8, [1000, 2, 0.1])])];
    expect(weighAll(looks(alone), both)).toMatchObject({ state: 'accuse', by: 'persistence' });
  });
});
