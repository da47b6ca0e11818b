import { describe, expect, test } from 'vitest';
import {
  beganBeforeIt,
  beganWithIt,
  firstServed,
  ranWellFirst,
  tookTraffic,
} from '../../../../src/rollback/clues/timing.ts';
import type { AlarmNow } from '../../../../src/rollback/facts.ts';
import { ALARM, BAD, BY_ALARM } from '../judge-facts.ts';
import { along, at, ERRORS, meter, REQUESTS, sceneIn, steps, V41, V42, type Night } from './night.ts';

const ended = (startedAt: string, finishedAt: string) =>
  ({ ...V42, state: 'completed', startedAt: at(startedAt), finishedAt: at(finishedAt) }) as const;
const estimated = { measured: [] };
const fiveMinutes = {
  ...BY_ALARM,
  trigger: { ...ALARM, onset: { at: at('03:00'), until: at('03:05') } },
};

describe('it began with the deployment', () => {
  test('as strongly as chance is unlikely to bring them so near to each other', () => {
    // Two deployments a day, two minutes and a minute of slack: 2 * 3 / 1440 by chance.
    expect(beganWithIt(sceneIn())).toEqual({
      strength: 1,
      says: 'The harm began 2 minutes after the deployment of checkout:42, less than 1 % likely by chance.',
    });
    const anHour = sceneIn({ recent: [ended('02:02', '02:05'), V41] });
    expect(beganWithIt(anHour)?.strength).toBeCloseTo(-Math.log10((2 * 61) / 1440) / 2);
    expect(beganWithIt(anHour)?.says).toContain('60 minutes after the deployment of checkout:42, 8 % likely');
  });

  test('less strongly where the target is deployed every few minutes', () => {
    const older = Array.from({ length: 8 }, (_, k) => ({ ...V41, startedAt: at(`02:${50 - 5 * k}`) }));
    // Nine deployments within the 53 minutes from 02:15 to 03:08.
    const chance = ((9 / 53) * 1440 * 3) / 1440;
    expect(beganWithIt(sceneIn({ recent: [V42, ...older] }))?.strength).toBeCloseTo(-Math.log10(chance) / 2);
  });

  test('and has nothing to say where chance brings one for sure', () => {
    const older = Array.from({ length: 11 }, () => ({ ...V41, startedAt: at('02:56') }));
    expect(beganWithIt(sceneIn({ recent: [V42, ...older] }))).toBeNull();
  });

  test('also the first deployment ever', () => {
    expect(beganWithIt(sceneIn({ recent: [V42] }))?.strength).toBe(1);
  });
});

describe('it began before the deployment', () => {
  test('by as many minutes as it rose before it, at most one', () => {
    const late = { ...V42, startedAt: at('03:02').replace('00.000', '30.000') };
    expect(beganBeforeIt(sceneIn({ recent: [late, V41] }))).toEqual({
      strength: 0.5,
      says: 'The harm began to rise 1 minute before the deployment of checkout:42.',
    });
    expect(beganBeforeIt(sceneIn())).toBeNull();
  });

  test('not where it filled only the part of its first minute after it', () => {
    const late = { ...V42, startedAt: at('03:02').replace('00.000', '30.000') };
    // A fifth of the next minute's errors: the harm began with the last twelve seconds.
    const growing = meter('errors', steps({ '00:00': null, '03:02': 40, '03:03': 200 }));
    expect(beganBeforeIt(sceneIn({ recent: [late, V41], measured: [REQUESTS, growing] }))).toBeNull();
    const most = meter('errors', steps({ '00:00': null, '03:02': 160, '03:03': 200 }));
    const strength = beganBeforeIt(sceneIn({ recent: [late, V41], measured: [REQUESTS, most] }))?.strength;
    expect(strength).toBeCloseTo(0.3);
  });

  test('not of a slow minute, whose last seconds may have been slow', () => {
    const late = { ...V42, startedAt: at('03:02').replace('00.000', '30.000') };
    const slow = meter('latency', steps({ '00:00': 0.1, '03:02': 2 }));
    const alarm: AlarmNow = { state: 'ALARM', metric: 'latency' };
    expect(beganBeforeIt(sceneIn({ recent: [late, V41], measured: [REQUESTS, slow], alarm }))).toBeNull();
  });

  test('is not said of a datapoint of several minutes that could not be looked into', () => {
    const recent = [{ ...V42, startedAt: at('03:02') }, V41];
    expect(beganBeforeIt(sceneIn({ ...estimated, recent }, { request: fiveMinutes }))).toBeNull();
    expect(beganWithIt(sceneIn({ ...estimated, recent }, { request: fiveMinutes }))?.says).toMatch(
      /^The harm began 2 minutes after/,
    );
  });

  test('is not said of an onset that is only estimated', () => {
    const late = { ...V42, startedAt: at('03:03').replace('00.000', '30.000') };
    expect(beganBeforeIt(sceneIn({ ...estimated, recent: [late, V41] }))).toBeNull();
  });
});

describe('it ran well first', () => {
  test('as long as it was out, the first minutes most', () => {
    expect(ranWellFirst(sceneIn({ recent: [ended('01:55', '02:00'), V41] }))).toEqual({
      strength: 1,
      says: 'checkout:42 had run for 67 minutes when the harm began.',
    });
    expect(ranWellFirst(sceneIn({ recent: [ended('02:50', '02:55'), V41] }))?.strength).toBeCloseTo(
      Math.sqrt(6 / 45),
    );
    expect(ranWellFirst(sceneIn())).toBeNull();
  });

  test('by half of the time in which it was rolled out, at most twelve minutes', () => {
    const slow = { ...V42, startedAt: at('02:40') };
    // 22 minutes, of which it takes six to take its first traffic.
    expect(ranWellFirst(sceneIn({ recent: [slow, V41] }))?.strength).toBeCloseTo(
      Math.sqrt((16 / 2 - 1) / 45),
    );
    const endless = { ...V42, startedAt: at('00:40') };
    expect(ranWellFirst(sceneIn({ recent: [endless, V41] }))?.strength).toBeCloseTo(Math.sqrt((12 - 1) / 45));
  });

  test('as far as may be within a datapoint of an hour that could not be looked into', () => {
    const onset = { at: at('02:05'), until: at('03:05') };
    const request = { ...BY_ALARM, trigger: { ...ALARM, onset } };
    const recent = [ended('02:40', '02:42'), V41];
    expect(ranWellFirst(sceneIn({ ...estimated, recent }, { request }))).toEqual({
      strength: expect.closeTo(Math.sqrt(21 / 45)) as number,
      says: 'checkout:42 may have run for 24 minutes when the harm began.',
    });
  });

  test('not where it leaks: a leak takes its time', () => {
    const memory = meter(
      'memory',
      along('00:00', (minute) => (minute < 120 ? 40 : 40 + (minute - 120) / 2)),
    );
    const scene = sceneIn({
      recent: [ended('01:55', '02:00'), V41],
      measured: [REQUESTS, ERRORS, memory],
    });
    expect(ranWellFirst(scene)).toBeNull();
  });
});

describe('the moment at which it took traffic', () => {
  const own = (levels: Record<string, number | null>, metric: 'requests' | 'errors' = 'requests') =>
    meter(metric, steps(levels), { revision: BAD.id });
  const tookIn = (...measured: Parameters<typeof meter>[]) =>
    tookTraffic(sceneIn({ measured: [REQUESTS, ERRORS, ...measured.map((one) => meter(...one))] }));

  test('is the last step of a canary before the harm', () => {
    const canary = own({ '02:00': 0, '02:10': 100, '02:30': 500 });
    const early = { ...V42, startedAt: at('02:05') };
    const scene = sceneIn({ recent: [early, V41], measured: [REQUESTS, ERRORS, canary] });
    expect(tookTraffic(scene)).toBe(at('02:30'));
  });

  test('is the beginning of the deployment where its side is not measured, or has no step', () => {
    expect(tookTraffic(sceneIn())).toBe(at('03:00'));
    const flat = own({ '02:00': 10 });
    expect(tookIn(['requests', flat.series, { revision: BAD.id }])).toBe(at('03:00'));
    expect(tookTraffic(sceneIn({ measured: [flat] }))).toBe(at('03:00'));
  });

  test('is never before the deployment', () => {
    const seconds = { ...V42, startedAt: at('02:59').replace('00.000', '40.000') };
    const side = own({ '02:59': 500 });
    const scene = sceneIn({ recent: [seconds, V41], measured: [REQUESTS, ERRORS, side] });
    expect(tookTraffic(scene)).toBe(seconds.startedAt);
  });

  test('counts minutes without a datapoint as minutes without requests', () => {
    const gaps = own({ '02:50': null, '03:01': 300 });
    expect(tookIn(['requests', gaps.series, { revision: BAD.id }])).toBe(at('03:01'));
    const whole = meter('requests', steps({ '00:00': 1000, '03:01': null, '03:02': 1000 }));
    const scene = sceneIn({ measured: [whole, ERRORS, own({ '02:50': 10, '03:01': 300 })] });
    expect(tookTraffic(scene)).toBe(at('03:01'));
  });
});

describe('a target that was idle since the deployment', () => {
  const idle = (first: string) => meter('requests', steps({ '00:00': 1000, '01:00': null, [first]: 1000 }));
  const released = ended('01:30', '01:31');
  const scene = (first = '03:01', night: Partial<Night> = {}) =>
    sceneIn({ recent: [released, V41], measured: [idle(first), ERRORS], ...night });

  test('took its first traffic with its first request', () => {
    expect(firstServed(scene())).toBe(at('03:01'));
    expect(tookTraffic(scene())).toBe(at('03:01'));
    expect(beganWithIt(scene())?.says).toBe(
      'The harm began 1 minute after the first request to checkout:42, less than 1 % likely by chance.',
    );
    expect(ranWellFirst(scene())).toBeNull();
  });

  test('is not known where it was served, or proven, or is not measured', () => {
    expect(firstServed(sceneIn())).toBeNull();
    expect(firstServed(scene('01:34'))).toBeNull();
    expect(firstServed(scene('03:01', { recent: [{ ...released, isProven: true }, V41] }))).toBeNull();
    expect(firstServed(scene('03:01', { measured: [ERRORS] }))).toBeNull();
    expect(firstServed(scene('03:04'))).toBeNull();
  });

  test('is not known where its deployment is older than the measurements', () => {
    const young = meter('requests', steps({ '02:00': null, '03:01': 1000 }));
    expect(firstServed(scene('03:01', { measured: [young, ERRORS] }))).toBeNull();
  });

  test('is not known where no request came at all', () => {
    const none = meter('requests', steps({ '00:00': 1000, '01:00': 0 }));
    expect(firstServed(scene('03:01', { measured: [none, ERRORS] }))).toBeNull();
  });
});
