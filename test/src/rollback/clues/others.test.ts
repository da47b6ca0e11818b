import { describe, expect, test } from 'vitest';
import {
  dependencyAlarms,
  dependencyDeployed,
  dependencyHurts,
  oneZoneHurts,
  othersHurt,
  readsSomethingChanged,
} from '../../../../src/rollback/clues/others.ts';
import type { Change, Measured, OtherAlarm, OtherDeployment } from '../../../../src/rollback/facts.ts';
import { found, unknown } from '../judge-facts.ts';
import { at, ERRORS, meter, REQUESTS, sceneIn, steps, V41, V42 } from './night.ts';

type Levels = Record<string, number | null>;
const early = [{ ...V42, startedAt: at('02:40') }, V41];
const its = (metric: 'requests' | 'errors' | 'latency', levels: Levels) =>
  meter(metric, steps(levels), { relation: 'dependency' });
const withIt = (measured: ReturnType<typeof its>[], recent = early) =>
  dependencyHurts(sceneIn({ recent, measured: [REQUESTS, ERRORS, ...measured] }));

describe('what it depends on', () => {
  const says = 'A dependency has also failed or been slow since then.';

  test('speaks against the release where it is slow since then', () => {
    expect(withIt([its('latency', { '00:00': 0.1, '03:01': 0.9 })])).toEqual({ strength: 1, says });
  });

  test('or fails, by the share of its requests or by their number', () => {
    const errors = its('errors', { '00:00': null, '03:01': 90 });
    expect(withIt([errors, its('requests', { '00:00': 300 })])).toEqual({ strength: 1, says });
    expect(withIt([errors])).toEqual({ strength: 1, says });
  });

  test('speaks little where it began right after the release, which may overload it', () => {
    const slow = its('latency', { '00:00': 0.1, '03:01': 0.9 });
    expect(withIt([slow], [V42, V41])).toEqual({ strength: 0.2, says });
  });

  test('speaks as little where it began when the release took traffic, long after it began', () => {
    const slow = its('latency', { '00:00': 0.1, '03:01': 0.9 });
    const side = meter('requests', steps({ '00:00': null, '03:01': 1000 }), { revision: V42.revision.id });
    expect(withIt([slow, side], early)?.strength).toBe(0.2);
  });

  test('speaks fully where it began before the release', () => {
    const slow = its('latency', { '00:00': 0.1, '02:59': 0.9 });
    expect(withIt([slow], [V42, V41])?.strength).toBe(1);
  });

  test('says nothing where it is well, hurt at another time, or is not known long enough', () => {
    expect(withIt([its('latency', { '00:00': 0.1 })])).toBeNull();
    expect(withIt([its('latency', { '00:00': 0.1, '02:20': 0.9, '02:30': 0.1 })])).toBeNull();
    expect(withIt([its('latency', { '00:00': 0.1, '03:02': 0.9, '03:03': 0.1 })])).toBeNull();
    // For twenty minutes, without harm.
    expect(withIt([its('latency', { '00:00': 0.1, '02:40': 0.9 })])).toBeNull();
    expect(withIt([its('latency', { '03:00': 0.1, '03:02': 0.9 })])).toBeNull();
    expect(withIt([])).toBeNull();
  });
});

describe('an alarm of what it depends on', () => {
  const dependency: OtherAlarm = { about: 'ecs:prod/stock', relation: 'dependency', at: at('02:58') };
  const red = (...others: OtherAlarm[]) => dependencyAlarms(sceneIn({}, { others: found(others) }));

  test('speaks against the release where it turned shortly before that', () => {
    expect(red(dependency)).toEqual({
      strength: 1,
      says: 'An alarm of ecs:prod/stock, on which it depends, is red as well.',
    });
  });

  test('says nothing where it turned after the release, long before, or is of another', () => {
    expect(red({ ...dependency, at: at('03:00') })).toBeNull();
    expect(red({ ...dependency, at: at('02:47') })).toBeNull();
    const late = { ...dependency, at: at('03:04') };
    expect(red({ ...late, onset: { at: at('02:58'), until: at('02:59') } })).not.toBeNull();
    expect(red({ ...late, onset: { at: at('02:59'), until: at('03:00') } })).toBeNull();
    expect(red({ ...dependency, relation: 'neighbour' })).toBeNull();
    expect(dependencyAlarms(sceneIn({}, { others: unknown('denied') }))).toBeNull();
  });
});

describe('others that hurt at the same time', () => {
  const others = (count: number, changed: Partial<OtherAlarm> = {}) =>
    Array.from({ length: count }, (_, k) => ({
      about: `ecs:prod/other-${k}`,
      relation: 'unknown' as const,
      at: at('03:03'),
      ...changed,
    }));
  const hurtBy = (all: OtherAlarm[]) => othersHurt(sceneIn({}, { others: found(all) }));

  test('speak against the release, from three on, fully from seven on', () => {
    expect(hurtBy(others(2))).toBeNull();
    expect(hurtBy(others(3))).toEqual({
      strength: 0.2,
      says: '3 others turned to alarm at the same time, among them ecs:prod/other-0.',
    });
    expect(hurtBy(others(7, { relation: 'neighbour' }))?.strength).toBe(1);
  });

  test('do not count where they are related or turned at another time', () => {
    for (const relation of ['dependency', 'caller', 'this'] as const)
      expect(hurtBy(others(7, { relation }))).toBeNull();
    expect(hurtBy(others(7, { at: at('02:57') }))).toBeNull();
    expect(hurtBy(others(7, { at: at('03:07') }))).toBeNull();
    expect(othersHurt(sceneIn({}, { others: unknown('denied') }))).toBeNull();
  });
});

describe('a deployment of what it depends on', () => {
  const stock: OtherDeployment = { target: 'ecs:prod/stock', relation: 'dependency', startedAt: at('02:53') };
  const deployed = (...all: OtherDeployment[]) =>
    dependencyDeployed(sceneIn({}, { otherDeployments: found(all) }));

  test('speaks against the release, the nearer the more', () => {
    expect(deployed(stock)).toEqual({
      strength: 0.5,
      says: 'ecs:prod/stock, on which it depends, was deployed 10 minutes before.',
    });
    expect(deployed({ ...stock, startedAt: at('03:02') })?.strength).toBe(0.95);
  });

  test('says nothing where it came later, long before, or is of another', () => {
    expect(deployed({ ...stock, startedAt: at('03:03') })).toBeNull();
    expect(deployed({ ...stock, startedAt: at('02:47') })).toBeNull();
    expect(deployed({ ...stock, relation: 'unknown' })).toBeNull();
    expect(dependencyDeployed(sceneIn({}, { otherDeployments: unknown('denied') }))).toBeNull();
    expect(dependencyDeployed(sceneIn())).toBeNull();
  });
});

describe('something that it reads', () => {
  const flag: Change = { at: at('02:57'), kind: 'flag', subject: 'checkout/new-tax', relation: 'this' };
  const changed = (...all: Change[]) => readsSomethingChanged(sceneIn({}, { changes: found(all) }));

  test('speaks against the release where it was changed just before, the nearer the more', () => {
    expect(changed(flag)).toEqual({
      strength: 0.75,
      says: 'The flag checkout/new-tax, which it reads, was changed 5 minutes before.',
    });
    expect(changed({ ...flag, at: at('03:03') })).toEqual({
      strength: 1,
      says: 'The flag checkout/new-tax, which it reads, was changed less than a minute before.',
    });
  });

  test('says nothing where it was changed long before or after, or is read by others', () => {
    expect(changed({ ...flag, at: at('02:51') })).toBeNull();
    expect(changed({ ...flag, at: at('03:04') })).toBeNull();
    expect(changed({ ...flag, relation: 'unknown' })).toBeNull();
    expect(readsSomethingChanged(sceneIn({}, { changes: unknown('denied') }))).toBeNull();
    expect(readsSomethingChanged(sceneIn())).toBeNull();
  });
});

describe('one zone', () => {
  const zone = (name: string, levels: Levels) => meter('errors', steps(levels), { zone: name });
  const zones = (...all: ReturnType<typeof zone>[]) =>
    oneZoneHurts(sceneIn({ measured: [REQUESTS, ERRORS, ...all] }));
  const well = { '00:00': null, '00:01': 1 };

  test('that has nearly all of the errors alone speaks against the release', () => {
    expect(zones(zone('eu-west-1a', { ...well, '03:02': 200 }), zone('eu-west-1b', well))).toEqual({
      strength: 1,
      says: 'Nearly all errors come from zone eu-west-1a.',
    });
    const most = zones(zone('a', { ...well, '03:02': 76 }), zone('b', { ...well, '03:02': 26 }));
    expect(most?.strength).toBeCloseTo((0.75 - 0.6) / 0.3);
  });

  test('says nothing where both have errors, hardly any are more, or only one is known', () => {
    expect(zones(zone('a', { ...well, '03:02': 100 }), zone('b', { ...well, '03:02': 100 }))).toBeNull();
    expect(zones(zone('a', { ...well, '03:02': 3 }), zone('b', well))).toBeNull();
    expect(zones(zone('a', { ...well, '03:02': 200 }))).toBeNull();
    const single = meter(
      'requests',
      { start: at('03:03'), periodSeconds: 60, values: [null] },
      { zone: 'a' },
    );
    expect(zones(single, zone('a', { ...well, '03:02': 3 }), zone('b', well))).toBeNull();
  });

  test('is not accused of the newest minute, of which another zone is not known yet', () => {
    const seen = (known: boolean) => {
      const newest = known ? {} : { '03:03': null };
      const of = (metric: Measured['metric'], name: string, levels: Levels) =>
        meter(metric, steps(levels, '03:04'), { zone: name });
      return zones(
        of('requests', 'a', { '00:00': 500 }),
        of('requests', 'b', { '00:00': 500, ...newest }),
        of('errors', 'a', { ...well, '03:02': 100 }),
        of('errors', 'b', { ...well, '03:02': 100, '03:03': 0 }),
      );
    };
    expect(seen(true)?.says).toBe('Nearly all errors come from zone a.');
    expect(seen(false)).toBeNull();
  });
});
