import { describe, expect, test } from 'vitest';
import { grewBeforeToo, growsSinceThen } from '../../../../src/rollback/clues/trend.ts';
import type { Measured } from '../../../../src/rollback/facts.ts';
import { along, at, ERRORS, meter, REQUESTS, sceneIn, V41, V42 } from './night.ts';

/** checkout:42 is out since 02:00; the minutes are counted from midnight, and so it is minute 120. */
const OUT = { ...V42, state: 'completed', startedAt: at('02:00'), finishedAt: at('02:05') } as const;
const night = (...measured: Measured[]) => sceneIn({ recent: [OUT, V41], measured: [ERRORS, ...measured] });
const level = (metric: Measured['metric'], valueAt: (minute: number) => number | null) =>
  meter(metric, along('00:00', valueAt));
const leak = (minute: number) => (minute < 120 ? 40 : 40 + (minute - 120) / 4);

describe('what grows since the release', () => {
  test.each([
    ['memory', 'Memory'],
    ['cpu', 'CPU'],
    ['latency', 'Latency'],
  ] as const)('%s: it leaks', (metric, name) => {
    expect(growsSinceThen(night(REQUESTS, level(metric, leak)))).toEqual({
      strength: 1,
      says: `${name} has grown since the deployment of checkout:42, and not before it.`,
    });
  });

  test('names the metric that shows it best, also without requests', () => {
    const found = growsSinceThen(
      night(
        level('cpu', leak),
        level('memory', () => 40),
      ),
    );
    expect(found?.says).toContain('CPU has grown');
  });

  test('is no leak where it grew as fast before, shrinks, stays, or is noise', () => {
    expect(
      growsSinceThen(
        night(
          REQUESTS,
          level('memory', (minute) => 40 + minute / 4),
        ),
      ),
    ).toBeNull();
    expect(
      growsSinceThen(
        night(
          REQUESTS,
          level('memory', (minute) => 90 - minute / 4),
        ),
      ),
    ).toBeNull();
    expect(
      growsSinceThen(
        night(
          REQUESTS,
          level('memory', () => 40),
        ),
      ),
    ).toBeNull();
    const noise = level('memory', (minute) => 40 + ((minute * 7919) % 31));
    expect(growsSinceThen(night(REQUESTS, noise))).toBeNull();
    expect(growsSinceThen(night(REQUESTS))).toBeNull();
  });

  test('is no leak where the load grows with it; memory is none of load', () => {
    const load = level('requests', (minute) => (minute < 120 ? 1000 : 1000 + (minute - 120) * 7));
    expect(growsSinceThen(night(load, level('cpu', leak)))).toBeNull();
    expect(growsSinceThen(night(load, level('memory', leak)))?.strength).toBe(1);
    const falling = level('requests', (minute) => 1000 - minute);
    expect(growsSinceThen(night(falling, level('cpu', leak)))?.strength).toBe(1);
  });

  test('needs a quarter of an hour', () => {
    const soon = { ...V42, startedAt: at('02:50') };
    const short = meter(
      'memory',
      along('00:00', (minute) => (minute < 170 ? 40 : minute - 130)),
    );
    expect(growsSinceThen(sceneIn({ recent: [soon, V41], measured: [REQUESTS, ERRORS, short] }))).toBeNull();
  });

  test('needs no release before it: the hour before is enough', () => {
    const scene = (valueAt: (minute: number) => number) =>
      sceneIn({ recent: [OUT], measured: [ERRORS, REQUESTS, level('memory', valueAt)] });
    expect(growsSinceThen(scene(leak))?.strength).toBe(1);
    expect(growsSinceThen(scene((minute) => 40 + minute / 4))).toBeNull();
  });

  test('needs no minutes before it, where it was measured only since', () => {
    const since = meter(
      'memory',
      along('01:58', (minute) => 40 + minute / 4),
    );
    expect(growsSinceThen(night(REQUESTS, since))?.strength).toBe(1);
  });
});

describe('what grew with what ran before', () => {
  const says = 'Memory grew in the same way before that deployment.';

  test('speaks against going back: it would not end it', () => {
    const older = level('memory', (minute) => 40 + minute / 4);
    expect(grewBeforeToo(night(REQUESTS, older))).toEqual({ strength: 1, says });
    // A restart begins anew.
    const sawtooth = level('memory', (minute) => 40 + (minute % 120) / 4);
    expect(grewBeforeToo(night(REQUESTS, sawtooth))?.strength).toBe(1);
  });

  test('says nothing where it did not, ended since, or is not known', () => {
    expect(grewBeforeToo(night(REQUESTS, level('memory', leak)))).toBeNull();
    const ended = level('memory', (minute) => (minute < 120 ? 40 + minute / 4 : 70 - minute / 8));
    expect(grewBeforeToo(night(REQUESTS, ended))).toBeNull();
    expect(grewBeforeToo(night(REQUESTS))).toBeNull();
    const alone = sceneIn({
      recent: [OUT],
      measured: [ERRORS, level('memory', (minute) => 40 + minute / 4)],
    });
    expect(grewBeforeToo(alone)).toBeNull();
    const since = meter(
      'memory',
      along('01:58', (minute) => 40 + minute / 4),
    );
    expect(grewBeforeToo(night(REQUESTS, since))).toBeNull();
  });

  test('is known also where the present is measured too briefly', () => {
    const soon = { ...V42, startedAt: at('02:58') };
    const older = level('memory', (minute) => 40 + minute / 4);
    const scene = sceneIn({ recent: [soon, V41], measured: [REQUESTS, ERRORS, older] });
    expect(grewBeforeToo(scene)?.strength).toBe(1);
  });
});
