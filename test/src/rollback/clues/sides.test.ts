import { describe, expect, test } from 'vitest';
import { bothSidesHurt, onlyTheNewSideHurts } from '../../../../src/rollback/clues/sides.ts';
import type { AlarmNow, Measured, Series } from '../../../../src/rollback/facts.ts';
import { BAD, GOOD } from '../judge-facts.ts';
import { along, at, ERROR_RATE, ERRORS, meter, REQUESTS, sceneIn, steps, V41, V42 } from './night.ts';

type Levels = Record<string, number | null>;
const onNew = (metric: Measured['metric'], levels: Levels) =>
  meter(metric, steps(levels), { revision: BAD.id });
const onOld = (metric: Measured['metric'], levels: Levels, revision = GOOD.id) =>
  meter(metric, steps(levels), { revision });

/** A tenth of the requests go to the new side since 03:00. */
const SPLIT = [
  onNew('requests', { '00:00': null, '03:00': 100 }),
  onOld('requests', { '00:00': 1000, '03:00': 900 }),
];
const split = (...measured: Measured[]) => sceneIn({ measured: [REQUESTS, ERRORS, ...SPLIT, ...measured] });
const spoken = (scene: ReturnType<typeof split>) => [onlyTheNewSideHurts(scene), bothSidesHurt(scene)];

describe('old and new at the same time', () => {
  test('only the new side fails: it was the release', () => {
    const scene = split(onNew('errors', { '00:00': null, '03:02': 40 }), onOld('errors', { '00:00': 1 }));
    expect(onlyTheNewSideHurts(scene)).toEqual({
      strength: 1,
      says: '34.3 % of the requests to checkout:42 fail, 0.1 % of those to the revision before, at the same time.',
    });
    expect(bothSidesHurt(scene)).toBeNull();
  });

  test('both fail alike: it was not', () => {
    const scene = split(
      onNew('errors', { '00:00': null, '03:02': 20 }),
      onOld('errors', { '00:00': null, '03:02': 180 }),
    );
    expect(onlyTheNewSideHurts(scene)).toBeNull();
    expect(bothSidesHurt(scene)).toEqual({
      strength: 1,
      says: 'The revision before checkout:42 hurts in the same way at the same time.',
    });
  });

  test('the old side alone has a measured latency, and is slow: it was not', () => {
    const slow: AlarmNow = { ...ERROR_RATE, metric: 'latency' };
    const measured = [REQUESTS, ...SPLIT, onOld('latency', { '00:00': 0.1, '03:02': 0.9 })];
    expect(bothSidesHurt(sceneIn({ alarm: slow, measured }))?.strength).toBe(1);
  });

  test('a mild fault of the old side in the minute of the switch is not the one of the new side', () => {
    const strength = (old: number) => {
      const measured = [
        REQUESTS,
        ERRORS,
        onNew('requests', { '00:00': null, '03:02': 1000 }),
        onOld('requests', { '00:00': 1000, '03:03': null }),
        onNew('errors', { '00:00': null, '03:02': 400 }),
        onOld('errors', { '00:00': null, '03:02': old, '03:03': null }),
      ];
      return Number((bothSidesHurt(sceneIn({ measured }))?.strength ?? 0).toFixed(2));
    };
    // 40 % of the new side fail. Of the old side fail 4 %, 14 % and 30 %.
    expect([40, 140, 300].map(strength)).toEqual([0, 0.4, 1]);
  });

  test('a fault that hits both while traffic is shifted is not taken for the new side’s', () => {
    // The new side has most of the requests only while both fail: of all of its requests, more fail.
    const scene = sceneIn({
      measured: [
        REQUESTS,
        ERRORS,
        onNew('requests', { '00:00': null, '03:00': 10, '03:02': 500 }),
        onOld('requests', { '00:00': 1000, '03:00': 990, '03:02': 500 }),
        onNew('errors', { '00:00': null, '03:02': 100 }),
        onOld('errors', { '00:00': null, '03:02': 100 }),
      ],
    });
    expect(onlyTheNewSideHurts(scene)).toBeNull();
    expect(bothSidesHurt(scene)?.strength).toBe(1);
  });

  test('the new side alone is slow: it was the release, by how much slower', () => {
    const slowOn = (newest: number, other: number | null) =>
      sceneIn({
        alarm: { ...ERROR_RATE, metric: 'latency', limit: { threshold: 0.5, breaches: 'above' } },
        measured: [
          ...SPLIT,
          REQUESTS,
          meter('latency', steps({ '00:00': 0.2, '03:02': 0.9 })),
          onNew('latency', { '00:00': null, '03:02': newest }),
          onOld('latency', { '00:00': other }),
        ],
      });
    expect(onlyTheNewSideHurts(slowOn(1.2, 0.2))).toEqual({
      strength: 1,
      says: 'checkout:42 takes 1.20 s, the revision before 0.20 s, at the same time.',
    });
    expect(onlyTheNewSideHurts(slowOn(0.28, 0.2))?.strength).toBeCloseTo((1.4 - 1.15) / 0.5);
    expect(onlyTheNewSideHurts(slowOn(0.2, 0.2))).toBeNull();
    // Where one side has no latency, the errors decide.
    expect(onlyTheNewSideHurts(slowOn(1.2, null))).toBeNull();
  });
});

describe('nothing is said', () => {
  test('where AWS does not measure the sides', () => {
    expect(spoken(sceneIn())).toEqual([null, null]);
    expect(spoken(sceneIn({ measured: [REQUESTS, ERRORS, SPLIT[0]!] }))).toEqual([null, null]);
    expect(spoken(sceneIn({ measured: [REQUESTS, ERRORS, SPLIT[1]!] }))).toEqual([null, null]);
  });

  test('where a side had fewer than twenty requests at the same time', () => {
    const once = onNew('requests', { '00:00': null, '03:00': 9, '03:02': null });
    expect(spoken(sceneIn({ measured: [REQUESTS, ERRORS, once, SPLIT[1]!] }))).toEqual([null, null]);
    const few = onNew('requests', { '00:00': null, '03:06': 9 });
    expect(spoken(sceneIn({ measured: [REQUESTS, ERRORS, few, SPLIT[1]!] }))).toEqual([null, null]);
    const gone = onOld('requests', { '00:00': 1000, '03:00': null });
    expect(spoken(sceneIn({ measured: [REQUESTS, ERRORS, SPLIT[0]!, gone] }))).toEqual([null, null]);
  });

  test('of both where the harm is none that is measured by side', () => {
    const cpu = {
      ...ERROR_RATE,
      metric: 'cpu' as const,
      limit: { threshold: 80, breaches: 'above' as const },
    };
    const hot = meter('cpu', steps({ '00:00': 20, '03:02': 95 }));
    const [only, both] = spoken(sceneIn({ alarm: cpu, measured: [REQUESTS, ...SPLIT, hot] }));
    expect([only, both]).toEqual([null, null]);
    const unnamed = { state: 'ALARM', actionsEnabled: true } as const;
    expect(bothSidesHurt(sceneIn({ alarm: unnamed, measured: [REQUESTS, ...SPLIT] }))).toBeNull();
  });

  test('of both where the old side has no minute since then', () => {
    const measured = [
      REQUESTS,
      ERRORS,
      SPLIT[0]!,
      onOld('requests', { '00:00': 1000, '03:00': 900, '03:02': null }),
    ];
    expect(bothSidesHurt(sceneIn({ measured }))).toBeNull();
  });
});

describe('the old side', () => {
  const third = { ...V41, id: 'deployment-40', revision: { id: 'revision-40', name: 'checkout:40' } };
  const bad = onNew('errors', { '00:00': null, '03:02': 40 });

  test('is the newest older revision that takes requests, else any other', () => {
    const recent = [V42, V41, { ...third, startedAt: at('00:10') }];
    const older = onOld('requests', { '00:00': 1000, '03:00': 900 }, 'revision-40');
    const scene = (...measured: Measured[]) =>
      onlyTheNewSideHurts(sceneIn({ recent, measured: [REQUESTS, ERRORS, bad, ...measured] }));
    const failing = onOld('errors', { '00:00': null, '03:02': 360 }, 'revision-40');
    expect(scene(SPLIT[0]!, older, failing, SPLIT[1]!)?.strength).toBe(1);
    expect(scene(SPLIT[0]!, older, failing)).toBeNull();
    // What was deployed after the suspect is not what ran before it.
    const newer = { ...third, id: 'deployment-43', startedAt: at('03:05') };
    const fix = onOld('requests', { '00:00': null, '03:05': 900 }, third.revision.id);
    expect(
      bothSidesHurt(sceneIn({ recent: [newer, V42, V41], measured: [REQUESTS, ERRORS, SPLIT[0]!, fix] })),
    ).toBeNull();
    const failed = onOld('errors', { '00:00': null, '03:05': 300 }, third.revision.id);
    const all = [REQUESTS, ERRORS, bad, SPLIT[0]!, fix, failed];
    expect(bothSidesHurt(sceneIn({ recent: [newer, V42, V41], measured: all }))).toBeNull();
    const unheardOf = onOld('requests', { '00:00': 1000, '03:00': 900 }, 'revision-7');
    expect(scene(SPLIT[0]!, unheardOf)?.strength).toBe(1);
  });
});

test('minutes with a single request, and more errors than requests, do no harm', () => {
  const one = (levels: Levels): Series => steps(levels);
  const scene = sceneIn({
    measured: [
      REQUESTS,
      ERRORS,
      meter('requests', one({ '00:00': null, '03:00': 0.5, '03:02': 100 }), { revision: BAD.id }),
      meter('requests', one({ '00:00': 0.5, '03:02': 900 }), { revision: GOOD.id }),
      meter(
        'errors',
        along('00:00', (k) => (k >= 182 ? 150 : null)),
        { revision: BAD.id },
      ),
    ],
  });
  expect(onlyTheNewSideHurts(scene)?.strength).toBe(1);
});

describe('a minute in which the traffic of a side begins or ends', () => {
  /** All requests move within the minute 03:02, in which a dependency begins to fail 40 % of them. */
  const moved = (old: number, next: number, more: Measured[] = [REQUESTS]) =>
    sceneIn({
      measured: [
        ...more,
        onNew('requests', { '00:00': null, '03:02': 600, '03:03': 900 }),
        onOld('requests', { '00:00': 900, '03:02': 300, '03:03': null }),
        onNew('errors', { '00:00': null, '03:02': next, '03:03': 360 }),
        onOld('errors', { '00:00': null, '03:02': old, '03:03': null }),
      ],
    });

  test('compares nothing: the old side had no request since the outage began', () => {
    expect(spoken(moved(0, 200))).toEqual([null, null]);
  });

  test('shows that the old side hurts as well, also where the sides alone are measured', () => {
    const says = 'The revision before checkout:42 hurts in the same way at the same time.';
    expect(spoken(moved(60, 240, [REQUESTS, ERRORS]))).toEqual([null, { strength: 1, says }]);
    const onset = { at: at('03:02'), until: at('03:03') };
    const apart = { ...moved(60, 240, []), onset, rise: onset.at };
    expect(spoken(apart)).toEqual([null, { strength: 1, says }]);
    expect(bothSidesHurt({ ...apart, onset: { ...onset, unseenBefore: onset.at } })).toBeNull();
  });

  test('leaves those that a bad canary is seen in', () => {
    const canary = split(onNew('errors', { '00:00': null, '03:01': 40 }), onOld('errors', { '00:00': 1 }));
    expect(onlyTheNewSideHurts(canary)?.strength).toBe(1);
  });

  test('is none where a side had no request since the change', () => {
    const none = [onNew('requests', { '00:00': null }), onOld('requests', { '00:00': 900 })];
    expect(spoken(sceneIn({ measured: [REQUESTS, ...none] }))).toEqual([null, null]);
  });
});
