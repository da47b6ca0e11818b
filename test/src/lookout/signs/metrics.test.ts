import { describe, expect, it } from 'vitest';
import type { BothSides, Look } from '../../../../src/lookout/document.ts';
import { at, lookAt, minutes, probes, repeat, sides, targetsAt, weighAll, type Point } from '../followed.ts';

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

  it('do not accuse by a minute in which a step moved traffic and a dependency failed: the sides follow each other', () => {
    const steady: Point = [150, 0, 0.1];
    const both = (older: Point) =>
      seen([steady, steady, [1000, 180, 0.1]], [...repeat<Point>(2, [2850, 2, 0.1]), older], {
        divided: true,
      });
    expect(both([2000, 150, 0.1]).state).not.toBe('accuse');
    expect(both([2000, 2, 0.1])).toMatchObject({ state: 'accuse', by: 'control' });
    const first = (older: Point) => seen([[500, 150, 0.1]], [older], { divided: true });
    expect(first([2500, 200, 0.1]).state).not.toBe('accuse');
    expect(first([2500, 2, 0.1]).state).toBe('accuse');
  });

  it('do not accuse of latency by a minute in which traffic moved', () => {
    const slow: Point = [1000, 1, 2.5];
    const before: readonly Point[] = [[150, 0, 0.1], slow];
    expect(
      seen(before, [
        [2850, 2, 0.1],
        [2000, 2, 0.1],
      ]).state,
    ).not.toBe('accuse');
    expect(
      seen(
        [...before, slow],
        [
          [2850, 2, 0.1],
          [2000, 2, 0.1],
          [2000, 2, 0.1],
        ],
      ).state,
    ).toBe('accuse');
  });

  it('do not accuse by the minute in which it began, if an earlier deployment served from the same group', () => {
    const of = (newer: readonly Point[]) => [
      minutes('newer', [...repeat<Point>(8, undefined), ...newer], 9.5),
      minutes('older', [...repeat<Point>(9, [900, 2, 0.1]), [900, 2, 0.1]], 9.5),
    ];
    const canary = sides({ at: at(60), divided: true });
    expect(
      weighAll(
        [
          lookOf(
            of([
              [100, 30, 0.1],
              [100, 30, 0.1],
            ]),
            150,
          ),
        ],
        canary,
      ).state,
    ).not.toBe('accuse');
    expect(weighAll([lookOf(of([undefined, [100, 30, 0.1]]), 150)], canary).state).toBe('accuse');
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

  it('do not accuse where the last minutes before were bad: a fix follows a bad release', () => {
    const release = [...repeat<Point>(8, well), bad, bad];
    expect(whole(repeat(4, bad), release).state).not.toBe('accuse');
    expect(
      whole(repeat(4, bad), [...repeat<Point>(4, well), bad, bad, ...repeat<Point>(4, well)]).state,
    ).toBe('accuse');
  });

  it('do not accuse by minutes between which there was little traffic', () => {
    const little: Point = [10, 0, 0.1];
    expect(whole([bad, little, bad, little, bad]).state).not.toBe('accuse');
    expect(whole([bad, little, bad, bad, bad]).state).toBe('accuse');
  });

  it('do not accuse while far more requests come than before: a load test', () => {
    const weighed = whole(repeat(4, [1600, 30, 3]));
    expect(weighed.state).not.toBe('accuse');
    expect(weighed.says.join()).toContain('1600 requests came in the minute from');
    expect(whole(repeat(4, [1400, 30, 3])).state).toBe('accuse');
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

  it('waits for the older side where AWS divides the traffic, because that minute tells', () => {
    const both = (until: number) => sides({ at: at(until), divided: true });
    const of = (newer: readonly Point[], older: readonly Point[]) => [
      minutes('newer', [...NONE, ...newer]),
      minutes('older', [...BEFORE, ...older]),
    ];
    const few: Point = [20, 0, 0.1];
    const looks = (until: number, known: number, older: Point) =>
      Array.from({ length: until / 10 }, (_, index) => ({
        ...lookOf(of(repeat(known, few), [...repeat<Point>(known - 1, [980, 2, 0.1]), older]), 10 * index),
        minutesAt: at(Math.max(10 * index, 60 * known + 60)),
        probes: [probes({ failed: index >= 20 ? 2 : 0 })],
        ...targetsAt(10 * index, index < 6 ? {} : { healthy: ['new:80'] }, { healthy: ['old:80'] }),
      }));
    const early = weighAll(looks(290, 3, [980, 2, 0.1]), both(290));
    expect(early.state).not.toBe('accuse');
    expect(early.says.join()).toContain('The same minute of the revision before is not known yet.');
    expect(weighAll(looks(290, 4, [980, 300, 0.1]), both(290)).state).not.toBe('accuse');
    expect(weighAll(looks(290, 4, [980, 2, 0.1]), both(290))).toMatchObject({ by: 'persistence' });
  });

  it('does not accuse by what began before a fix had replaced the release that it was deployed over', () => {
    const points = [...repeat<Point>(2, [1000, 2, 0.1]), ...repeat<Point>(3, [1000, 200, 0.1])];
    const look = lookOf([minutes('whole', [...BEFORE, ...points])], 390);
    const over = { id: 'revision/x', name: 'checkout:x' };
    const weighedAs = (more: Partial<BothSides>) => weighAll([look], sides({ at: at(360), ...more }));
    expect(weighedAs({ over }).state).not.toBe('accuse');
    expect(weighedAs({ over }).says.join()).toContain('It was deployed over checkout:x');
    expect(weighedAs({ over, finishedAt: at(150) }).state).not.toBe('accuse');
    expect(weighedAs({ over, finishedAt: at(90) }).state).toBe('accuse');
    expect(weighedAs({}).state).toBe('accuse');
  });

  it('does not accuse by what began after the window', () => {
    const points = [...repeat<Point>(6, [1000, 2, 0.1]), ...repeat<Point>(3, [1000, 200, 0.1])];
    const tags = { ...sides().tags, 'lastgood:soak': '60', 'lastgood:window': '5' };
    const weighedAt = (finished: number) =>
      weighAll(
        [lookOf([minutes('whole', [...BEFORE, ...points])], 630)],
        sides({ at: at(540), finishedAt: at(finished), tags }),
      );
    expect(weighedAt(30).state).not.toBe('accuse');
    expect(weighedAt(30).says.join()).toContain('after the deployment had ended; the window is 5 minutes.');
    expect(weighedAt(120).state).toBe('accuse');
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
    const well = repeat<Point>(7, [1000, 2, 0.1]);
    const alone = [minutes('whole', [...BEFORE, ...well, [1000, 300, 0.1]])];
    expect(weighAll(looks(alone), both)).toMatchObject({ state: 'accuse', by: 'persistence' });
  });
});
