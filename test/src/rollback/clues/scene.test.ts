import { describe, expect, test } from 'vitest';
import { harmLevel, onsetFrom, sceneOf } from '../../../../src/rollback/clues/scene.ts';
import { BAD, BY_ALARM, BY_HAND, found, omit, planOf, unknown, ALARM, DEPLOYMENT } from '../judge-facts.ts';
import {
  along,
  at,
  ERROR_RATE,
  ERRORS,
  factsOf,
  meter,
  NOW,
  REQUESTS,
  sceneIn,
  steps,
  V41,
  V42,
} from './night.ts';

describe('the scene', () => {
  test('holds what hurts, since when, and which deployment is suspected', () => {
    expect(sceneIn()).toMatchObject({
      harm: 'errors',
      onset: { at: at('03:02'), until: at('03:03') },
      rise: at('03:02'),
      suspect: V42,
      later: [],
      older: [V41],
      usual: { middle: 0, spread: 0 },
    });
  });

  test('is none without an onset or without a deployment that had begun', () => {
    expect(sceneOf(factsOf({}, { request: BY_HAND }), NOW)).toBeNull();
    expect(sceneOf(factsOf({ recent: [{ ...V42, startedAt: at('03:05') }] }), NOW)).toBeNull();
    expect(sceneOf(factsOf({}, { plan: omit(planOf(), 'deployment') }), NOW)).toBeNull();
  });

  test('goes by the newest deployment where only that one is known', () => {
    const scene = sceneOf(factsOf({}, { plan: planOf() }), NOW);
    expect(scene).toMatchObject({ suspect: DEPLOYMENT, older: [], later: [] });
  });

  test('knows what was deployed after the suspect', () => {
    const fix = { ...V42, id: 'fix', startedAt: at('03:05'), content: 'v43' };
    expect(sceneIn({ recent: [fix, V42, V41] })).toMatchObject({ suspect: V42, later: [fix], older: [V41] });
  });

  test('suspects what began within a minute after a slow rise and before the breach', () => {
    const slow = meter('errors', steps({ '00:00': null, '03:00': 30, '03:02': 200 }));
    const sceneFrom = (startedAt: string) =>
      sceneIn({ measured: [REQUESTS, slow], recent: [{ ...V42, startedAt }, V41] });
    const late = sceneFrom(at('03:01').replace('00.000', '30.000'));
    expect(late).toMatchObject({ rise: at('03:00'), suspect: { id: V42.id }, later: [] });
    const tooLate = sceneFrom(at('03:02').replace('00.000', '30.000'));
    expect(tooLate).toMatchObject({ rise: at('03:00'), suspect: V41, later: [{ id: V42.id }] });
  });

  test('passes over a revision without a request by then, where AWS measures its side', () => {
    const requests = (from: string) =>
      meter('requests', steps({ '00:00': 0, [from]: 50 }), { revision: BAD.id });
    expect(sceneIn({ measured: [REQUESTS, ERRORS, requests('03:03')] }).suspect).toBe(V41);
    expect(sceneIn({ measured: [REQUESTS, ERRORS, requests('03:01')] }).suspect).toBe(V42);
    const alone = factsOf({ recent: [V42], measured: [REQUESTS, ERRORS, requests('03:03')] });
    expect(sceneOf(alone, NOW)?.suspect).toBe(V42);
  });
});

describe('the onset', () => {
  const slowly = meter(
    'errors',
    along('00:00', (minute) => (minute < 178 ? null : (minute - 177) * 20)),
  );

  test('is where the rise began that leads to the breach', () => {
    // 20 of 1000 at 02:58, 40 at 02:59: the limit of 5 % is crossed at 03:00.
    expect(
      sceneIn({ measured: [REQUESTS, slowly], recent: [{ ...V42, startedAt: at('02:50') }, V41] }),
    ).toMatchObject({
      onset: { at: at('02:58'), until: at('02:59') },
    });
  });

  test('is not a rise before it that is far smaller: that is another one', () => {
    const twice = meter('errors', steps({ '00:00': null, '02:58': 15, '03:02': 400 }));
    const recent = [V42, { ...V41, id: 'small', content: 'small', startedAt: at('02:57') }, V41];
    expect(sceneIn({ measured: [REQUESTS, twice], recent })).toMatchObject({
      onset: { at: at('03:02') },
      suspect: { id: V42.id },
    });
  });

  test('is looked for within a datapoint of several minutes', () => {
    const alarm = {
      ...ERROR_RATE,
      metric: 'errors' as const,
      periodSeconds: 300,
      limit: { threshold: 100, breaches: 'above' as const },
    };
    const request = { ...BY_ALARM, trigger: { ...ALARM, at: at('03:06') } };
    expect(onsetFrom(factsOf({ alarm }, { request }))).toEqual({ at: at('03:00'), until: at('03:05') });
    expect(sceneIn({ alarm }, { request }).onset).toEqual({ at: at('03:02'), until: at('03:03') });
  });

  test('is the breach itself where no minute of it is high, or what is usual is not known', () => {
    const usually = meter('errors', steps({ '00:00': 60 }));
    expect(
      sceneIn({ measured: [REQUESTS, usually], recent: [{ ...V42, startedAt: at('02:50') }, V41] }).onset,
    ).toEqual({
      at: at('03:02'),
      until: at('03:03'),
    });
    const late = meter('requests', steps({ '02:58': 1000 }));
    expect(sceneIn({ measured: [late, ERRORS] })).toMatchObject({ usual: null, onset: { at: at('03:02') } });
  });

  test('of a young target comes from the minutes that there are', () => {
    const young = meter('requests', steps({ '02:50': 1000 }));
    const scene = sceneIn({ measured: [young, ERRORS] });
    expect(scene).toMatchObject({ usual: { middle: 0, spread: 0 }, onset: { at: at('03:02') } });
  });

  test('is estimated where the metric does not say it, and the end of its range says least for the deployment', () => {
    const estimated = { at: at('02:59'), until: at('03:04'), estimated: true };
    expect(sceneIn({ measured: [] })).toMatchObject({ onset: estimated, rise: at('03:03'), level: null });
    expect(onsetFrom(factsOf({}, { measured: unknown('denied') }))).toEqual(estimated);
    expect(onsetFrom(factsOf({}, { alarm: unknown('denied') }))).toEqual(estimated);
    expect(onsetFrom(factsOf({ measured: [REQUESTS] }))).toEqual(estimated);
  });

  test('is as the trigger says it, where it does', () => {
    const onset = { at: at('03:01'), until: at('03:02') };
    const request = { ...BY_ALARM, trigger: { ...ALARM, onset } };
    expect(onsetFrom(factsOf({}, { request }))).toEqual(onset);
  });
});

describe('the harm', () => {
  test('is the metric of the alarm, where a meter has a word for it', () => {
    const harmIn = (metric: (typeof ERROR_RATE)['metric']) =>
      sceneIn({ alarm: { ...ERROR_RATE, ...(metric && { metric }) } }).harm;
    expect(['errorRate', 'errors', 'latency', 'requests'].map((name) => harmIn(name as 'errors'))).toEqual([
      'errors',
      'errors',
      'latency',
      null,
    ]);
    expect(sceneIn({}, { alarm: unknown('denied') }).harm).toBeNull();
    expect(sceneIn({}, { alarm: found(omit(ERROR_RATE, 'metric')) }).harm).toBeNull();
  });

  test('of missing hosts rises as they go', () => {
    const hosts = meter(
      'healthyHosts',
      along('03:00', (minute) => (minute === 1 ? null : 4 - minute)),
    );
    expect(harmLevel([hosts], 'healthyHosts')?.values.slice(0, 3)).toEqual([-4, null, -2]);
    expect(harmLevel([], 'healthyHosts')).toBeNull();
    expect(harmLevel([ERRORS], 'errors')).toBeNull();
  });
});
