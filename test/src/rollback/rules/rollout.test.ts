import { describe, expect, it } from 'vitest';
import type { AlarmNow, Facts, Measured } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import { isNoSlowStart, outlastsRollout } from '../../../../src/rollback/rules/rollout.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { at, ERROR_RATE, factsOf, meter, NOW, sceneIn, steps, V41, V42 } from '../clues/night.ts';
import { BY_ALERT, omit, unknown, without } from '../judge-facts.ts';

/** It began at 03:01:30 and ended at 03:03:30: no target was in service. */
const ROLLOUT: Deployment = {
  ...V42,
  ...{ state: 'completed', startedAt: '2026-11-22T03:01:30.000Z', finishedAt: '2026-11-22T03:03:30.000Z' },
  takesAll: true,
};

/** An alarm on an expression: it is not known what hurts. */
const ALARM = omit(ERROR_RATE, 'metric');

interface After {
  readonly requests?: Record<string, number | null>;
  readonly errors?: Record<string, number | null>;
  readonly latency?: Record<string, number | null>;
  readonly rollout?: Deployment;
  readonly end?: string;
}

/** No user is served in the rollout. Says how the minutes after it are, up to `end`. */
function nightOf({ requests, errors, latency, rollout = ROLLOUT, end = '03:05' }: After) {
  const served = { '00:40': 1000, '03:02': null, '03:03': 500, '03:04': 1000 };
  return {
    alarm: ALARM,
    recent: [rollout, V41],
    measured: [
      ...(requests === undefined ? [meter('requests', steps(served, end))] : []),
      ...(requests === undefined || Object.keys(requests).length === 0
        ? []
        : [meter('requests', steps(requests, end))]),
      meter('errors', steps({ '00:40': null, ...errors }, end)),
      meter('latency', steps({ '00:40': 0.1, ...latency }, end)),
    ],
  };
}

function found(after: After, changed: Partial<Facts> = {}) {
  const night = nightOf(after);
  const facts = factsOf(night, changed);
  const one = { facts, settings: readSettings({}), scene: sceneIn(night, changed), blame: null };
  return [outlastsRollout(one)].flat().map((each) => each?.because ?? null);
}

const WELL =
  'The deployment of checkout:42 took every target out of service, and users have been served well since it ended, so a person decides.';
const AS_BEFORE =
  'The deployment of checkout:42 took every target out of service, and users have been served since it ended as they were before it, so a person decides.';
const UNKNOWN =
  'The deployment of checkout:42 took every target out of service, and no whole minute since it ended is known yet.';

describe('a rollout that takes every target out of service', () => {
  it('is judged by the minutes after it', () => {
    expect(found({})).toEqual([WELL]);
    expect(found({ errors: { '03:04': 300 } })).toEqual([null]);
    expect(found({ latency: { '03:04': 2 } })).toEqual([null]);
    expect(found({ errors: { '03:04': 300, '03:05': null }, end: '03:06' })).toEqual([WELL]);
  });

  it('is not accused of harm that was there before it and has not grown', () => {
    const before = { '02:54': 200, '03:02': null };
    expect(found({ errors: { ...before, '03:04': 200 } })).toEqual([AS_BEFORE]);
    expect(found({ errors: { ...before, '03:04': 600 } })).toEqual([null]);
    expect(found({ errors: { '02:59': 200, '03:02': null, '03:04': 200 } })).toEqual([null]);
    const swinging = { '02:56': 0, '02:57': 200, '02:58': 0, '02:59': 200, '03:00': 100, '03:02': null };
    expect(found({ errors: { ...swinging, '03:04': 240 } })).toEqual([AS_BEFORE]);
    expect(found({ errors: { ...swinging, '03:04': 350 } })).toEqual([null]);
  });

  it('is judged so where AWS stopped it midway too', () => {
    expect(found({ rollout: { ...ROLLOUT, state: 'failed', remains: true } })).toEqual([WELL]);
  });

  it('is looked at again while they are not known, and not for ever', () => {
    expect(found({ end: '03:04' })).toEqual([UNKNOWN]);
    expect(found({ end: '03:04' }, { looks: 1 })).toEqual([UNKNOWN]);
    expect(found({ end: '03:04' }, { looks: 2 })).toEqual([null]);
  });

  it('is not well while no user is served, or where too little is known of before', () => {
    expect(found({ requests: { '00:40': 1000, '03:02': null } })).toEqual([UNKNOWN]);
    expect(found({ requests: { '03:00': 1000, '03:02': null, '03:04': 1000 } })).toEqual([UNKNOWN]);
    expect(found({ requests: {} })).toEqual([UNKNOWN]);
  });

  it('is judged so where a monitoring tool sent the alert, and is no question where a probe fails', () => {
    expect(found({}, { probed: { sent: 20, bad: 1 } })).toEqual([null]);
    expect(found({}, { probed: { sent: 20, bad: 0 } })).toEqual([WELL]);
    expect(found({}, { request: BY_ALERT })).toEqual([WELL]);
    expect(found({}, { request: BY_ALERT, alarm: unknown('it is gone') })).toEqual([WELL]);
  });

  it('is none where an alarm is red since then by a metric that is not measured', () => {
    const shortly = { ...ALARM, evaluationPeriods: 1 };
    const because = (alarm: AlarmNow) => {
      const night = { ...nightOf({}), alarm };
      const one = { facts: factsOf(night), settings: readSettings({}), scene: sceneIn(night), blame: null };
      return [outlastsRollout(one)].flat().map((each) => each?.because ?? null);
    };
    expect(because(shortly)).toEqual([null]);
    expect(because(ALARM)).toEqual([WELL]);
    expect(because({ ...shortly, state: 'OK' })).toEqual([WELL]);
    expect(because({ ...shortly, silentWhenHealthy: true })).toEqual([WELL]);
    expect(because(omit(shortly, 'evaluationPeriods'))).toEqual([WELL]);
    expect(because(omit(shortly, 'periodSeconds'))).toEqual([WELL]);
  });

  it('is none where it goes on, took only a part, or was over before the harm', () => {
    expect(found({ rollout: omit(ROLLOUT, 'finishedAt') })).toEqual([null]);
    expect(found({ rollout: omit(ROLLOUT, 'takesAll') })).toEqual([null]);
    expect(found({ rollout: { ...ROLLOUT, startedAt: at('03:00'), finishedAt: at('03:01') } })).toEqual([
      null,
    ]);
    const one = { facts: factsOf(), settings: readSettings({}), scene: null, blame: null };
    expect(outlastsRollout(one)).toBeNull();
  });

  it('makes the judge look again, and ask', () => {
    const verdict = (after: After, looks: number) => judge(factsOf(nightOf(after), { looks }), NOW);
    expect(verdict({ end: '03:04' }, 0)).toMatchObject({ verdict: 'look-again', looks: 1 });
    expect(verdict({}, 2)).toMatchObject({ verdict: 'ask', onSilence: 'stay', against: [WELL] });
    expect(verdict({ errors: { '03:04': 300 } }, 0).verdict).toBe('act');
  });
});

describe('unhealthy targets of a rollout', () => {
  const rollout: Deployment = { ...V42, startedAt: at('03:01') };
  const alarm: AlarmNow = { state: 'ALARM', metric: 'unhealthyHosts' };
  type Slow = After & { readonly alarm?: AlarmNow; readonly more?: readonly Measured[] };
  const ALL = ['requests', 'errors', 'latency'];
  const slow = ({ more = [], ...after }: Slow, changed: Partial<Facts> = {}, metrics = ALL) => {
    const given = nightOf({ requests: { '00:40': 1000 }, rollout, ...after });
    const known = given.measured.filter(({ metric }) => metrics.includes(metric));
    const night = { ...given, measured: [...known, ...more], alarm: after.alarm ?? alarm };
    const one = {
      ...{ facts: factsOf(night, changed), settings: readSettings({}) },
      ...{ scene: sceneIn(night, changed), blame: null },
    };
    return [isNoSlowStart(one)].flat().map((each) => each?.because ?? null);
  };
  const AGAIN = 'Targets of checkout:42 are not healthy while it is rolled out, and users are served well.';
  const UNSEEN =
    'Targets of checkout:42 are not healthy while it is rolled out, and nothing shows yet that users hurt.';
  const hosts = (last: number) => meter('healthyHosts', steps({ '00:40': 3, '03:04': last }, '03:05'));

  it('are given time while users are served well, and while that is not known', () => {
    expect(slow({})).toEqual([AGAIN]);
    expect(slow({ alarm: { ...alarm, metric: 'healthyHosts' } })).toEqual([AGAIN]);
    expect(slow({ end: '03:02' })).toEqual([UNSEEN]);
    expect(slow({ more: [hosts(1)] })).toEqual([AGAIN]);
    expect(slow({}, { probed: { sent: 20, bad: 0 } })).toEqual([AGAIN]);
  });

  it('count after two more looks', () => {
    expect(slow({}, { looks: 1 })).toEqual([AGAIN]);
    expect(slow({}, { looks: 2 })).toEqual([null]);
  });

  it('make the judge look again, twice', () => {
    const night = nightOf({ requests: { '00:40': 1000 }, rollout });
    const verdict = (looks: number) => judge(factsOf({ ...night, alarm }, { looks }), NOW);
    expect(verdict(0)).toMatchObject({ verdict: 'look-again', looks: 1 });
    expect(verdict(0).reasons).toContain(AGAIN);
    expect(verdict(2).reasons).not.toContain(AGAIN);
  });

  it('count where users hurt, or where nothing would show it', () => {
    expect(slow({ errors: { '03:03': 300 } })).toEqual([null]);
    expect(slow({}, { probed: { sent: 20, bad: 1 } })).toEqual([null]);
    expect(slow({ more: [hosts(0)] })).toEqual([null]);
    expect(slow({ requests: {} })).toEqual([UNSEEN]);
    expect(slow({}, {}, ['requests', 'latency'])).toEqual([null]);
    const failed = { at: at('03:02'), revision: V42.revision.id, failed: true };
    expect(slow({}, { stopped: { known: true, is: [failed] } })).toEqual([null]);
  });

  it('count where the rollout is over or goes back, and where the alarm watches something else', () => {
    expect(slow({ rollout: { ...rollout, finishedAt: at('03:02') } })).toEqual([null]);
    expect(slow({ rollout: { ...rollout, finishedAt: at('03:05') } })).toEqual([null]);
    expect(slow({ rollout: { ...rollout, finishedAt: at('03:07') } })).toEqual([AGAIN]);
    expect(slow({ rollout: { ...rollout, state: 'rolling-back' } })).toEqual([null]);
    expect(slow({ alarm: { ...alarm, metric: 'cpu' } })).toEqual([null]);
    expect(slow({}, { alarm: unknown('it is gone') })).toEqual([null]);
    expect(slow({}, { plan: without('no-way-back', 'none') })).toEqual([null]);
    const facts = factsOf({ alarm });
    expect(isNoSlowStart({ facts, settings: readSettings({}), scene: null, blame: null })).toBeNull();
  });
});
