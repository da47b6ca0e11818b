import { describe, expect, test } from 'vitest';
import { adviceAfter } from '../../../src/rollback/advice.ts';
import { revisionAtFault } from '../../../src/rollback/at-fault.ts';
import type { Judgeable, Rollback } from '../../../src/rollback/document.ts';
import { outcomeOf } from '../../../src/rollback/ending.ts';
import { leadOf } from '../../../src/rollback/heard.ts';
import { othersOf } from '../../../src/rollback/hearing.ts';
import { proveHealth } from '../../../src/rollback/health.ts';
import { onsetOf } from '../../../src/rollback/onset.ts';
import type { HeldBack } from '../../../src/rollback/pause.ts';
import { isAutomatic, readRequest, rehearsalOf, type Request } from '../../../src/rollback/request.ts';
import { AT, ready } from './documents.ts';
import { BY_ALARM } from './judge-facts.ts';

const requestOf = (way: 'back' | 'forward'): Request => ({
  target: 'ecs:prod/checkout',
  reason: 'game day',
  trigger: { type: 'rehearsal', id: 'cli:1', at: AT, by: 'ada', way },
});
const [back, forward] = [requestOf('back'), requestOf('forward')];

test('a rehearsal is a request of a person, without an onset', () => {
  expect(readRequest(back)).toEqual(back);
  expect(isAutomatic(back)).toBe(false);
  expect(onsetOf(back)).toBeNull();
  expect([rehearsalOf(back)?.way, rehearsalOf(BY_ALARM), rehearsalOf(undefined)]).toEqual([
    'back',
    null,
    null,
  ]);
});

test('a rehearsal goes back for no trigger that comes, and judges none', () => {
  const approval = { answer: 'judge-again', at: AT, request: BY_ALARM } as const;
  const verdict = { verdict: 'ask', at: AT, reasons: [], countdownSeconds: 60, onSilence: 'stay' } as const;
  expect(leadOf({ request: back, verdict, approval })).toBe(back);
  const judgeable: Judgeable = { request: back, plan: ready };
  expect(othersOf(judgeable, back, [BY_ALARM])).toEqual([]);
});

const claim = { kind: 'ecs', holder: 'arn', since: AT, expiresAt: AT };
const acting = (request: Request): Rollback => ({
  ...{ request, claim, plan: ready },
  verdict: { verdict: 'act', at: AT, reasons: ['!'] },
});
const proven = (request: Request, signs: number): Rollback => ({
  ...acting(request),
  reverted: { state: 'started', rung: 0, at: AT, deployment: 'x', settleBy: AT, left: [] },
  settled: { state: 'settled', at: AT, summary: 'all' },
  health: {
    state: 'proven',
    at: AT,
    healthySince: AT,
    signs: Array.from({ length: signs }, () => ({ of: 'way back', state: 'healthy', says: 'all' })),
  },
});
const FORWARD = 'npx --no-install lastgood rehearse ecs:prod/checkout --forward';

describe('the end of a rehearsal', () => {
  test('says which way it went, and how it goes on', () => {
    expect(outcomeOf(proven(back, 2), AT)).toMatchObject({
      state: 'rolled-back',
      reason: `Rehearsal, the way back: checkout:41 runs again instead of checkout:42, healthy since ${AT}.`,
      advice: [`Go forward again: ${FORWARD}`],
    });
    expect(outcomeOf(proven(forward, 2), AT)).toMatchObject({ state: 'rolled-back', advice: [] });
    expect(outcomeOf(proven(forward, 1), AT).advice).toEqual([
      expect.stringContaining('only sign of health'),
    ]);
  });

  test('is clean where nothing was changed on the way back, and dirty on the way forward', () => {
    const failed = { state: 'failed', rung: 0, at: AT, reason: 'x', left: [], more: false } as const;
    const stopped = { state: 'not-running' } as const;
    const unable = (request: Request) => outcomeOf({ ...acting(request), stopped, reverted: failed }, AT);
    expect(unable(back)).toMatchObject({
      state: 'failed-clean',
      advice: [expect.stringContaining('Nothing')],
    });
    expect(unable(forward)).toMatchObject({
      state: 'failed-dirty',
      reason:
        'Rehearsal, the way forward: The target stays on checkout:42, where the way back left it: No way back could be started: x',
      advice: [`Go forward: ${FORWARD}`],
    });
    const dirty = { ...acting(back), settled: { state: 'failed', reason: 'x', more: false } } as const;
    expect(outcomeOf(dirty, AT).advice.at(-1)).toBe(`Go forward: ${FORWARD}`);
    expect(outcomeOf({ ...dirty, ...acting(forward) }, AT).advice.at(-1)).toBe(
      `Go forward once more: ${FORWARD}`,
    );
  });

  const ask = { verdict: 'ask', at: AT, reasons: [], countdownSeconds: 60, onSilence: 'stay' } as const;
  const leftWith = (slices: Partial<Rollback>) => outcomeOf({ request: forward, claim, ...slices }, AT);

  test('says what the target stays on, where the way forward has no way', () => {
    const plan = { state: 'no-way-back', at: AT, tags: {}, reason: 'It is gone.' } as const;
    const deployed = { id: 'd', state: 'completed', startedAt: AT, isRollback: false } as const;
    const [ran, runs] = [
      { id: 'revision/bad', name: 'checkout:42' },
      { id: 'revision/good', name: 'checkout:41' },
    ];
    const recent = [runs, ran].map((revision) => ({ ...deployed, revision }));
    const request = { ...forward, revision: ran.id };
    expect(
      leftWith({ request, plan: { ...plan, deployment: recent[0]!, recent }, verdict: ask }),
    ).toMatchObject({
      state: 'failed-dirty',
      reason:
        'Rehearsal, the way forward: The target stays on checkout:41, where the way back left it: It is gone.',
      advice: [
        'Deploy checkout:42 by your own means, or decide that checkout:41 may stay. Lastgood cannot go forward while the reason holds.',
      ],
    });
    const { reason, advice } = leftWith({ plan: { ...plan, runs }, verdict: ask });
    expect(reason).toContain('The target stays on checkout:41');
    expect(advice[0]).toMatch(/^Deploy the revision that ran before by your own means/);
    expect(leftWith({ plan, verdict: ask })).toMatchObject({
      reason: expect.stringContaining('The target stays where the way back left it: It is gone.') as string,
      advice: [expect.stringContaining('decide that what runs now may stay')],
    });
  });

  test.each(['observe', 'skip'] as const)('says what the target stays on, after %s', (verdict) => {
    const plan = { ...ready, from: ready.to, to: ready.from };
    const reasons = ['It may not.'];
    const { state, reason, advice } = leftWith({ plan, verdict: { verdict, at: AT, reasons } });
    expect(state).toBe('failed-dirty');
    expect(reason).toMatch(/^Rehearsal, the way forward: The target stays on checkout:41, .*It may not\.$/);
    expect(advice).toEqual(['Tag the target lastgood=approve or lastgood=auto.', `Go forward: ${FORWARD}`]);
    const over = { verdict: 'skip', at: AT, reasons, isOver: true } as const;
    expect(leftWith({ plan, verdict: over })).toMatchObject({ state: 'skipped', advice: [] });
    const nothing = { state: 'nothing-to-do', at: AT, tags: {}, reason: 'It runs.' } as const;
    expect(leftWith({ plan: nothing })).toMatchObject({ state: 'skipped', advice: [] });
  });

  test('says who decided against it, and what ended it', () => {
    const approval = { answer: 'denied', by: 'U1', at: AT } as const;
    const denied = leftWith({ plan: ready, verdict: ask, approval });
    expect(denied.reason).toMatch(/U1 decided not to go forward\.$/);
    const order = { paused: true, by: 'ada', because: 'sale' } as const;
    const paused: HeldBack = { state: 'over', at: AT, order, wrote: false, spans: [], published: [] };
    expect(leftWith({ ...acting(forward), paused })).toMatchObject({
      state: 'failed-dirty',
      advice: ['Resume Lastgood (npx --no-install lastgood resume).', `Go forward: ${FORWARD}`],
    });
    const gone = { Error: 'UnsupportedTarget', Cause: '{"errorMessage":"there is no such service"}' };
    expect(leftWith({ error: gone })).toMatchObject({
      state: 'failed-dirty',
      reason: 'Rehearsal, the way forward: UnsupportedTarget: there is no such service',
      advice: [expect.stringContaining('If there is no such target, correct its name')],
    });
  });

  test('urges no way over what was deployed while it was on its way', () => {
    for (const request of [back, forward]) {
      const settled = { state: 'overtaken', by: 'deployment-43', reason: 'x' } as const;
      expect(outcomeOf({ ...acting(request), settled }, AT)).toMatchObject({
        state: 'failed-dirty',
        advice: [
          'Check now which revision runs and which is rolling out.',
          'Check that deployment-43 was deployed on purpose. Lastgood leaves it as it is.',
          'The rehearsal is over: it does not go forward over what was deployed.',
        ],
      });
    }
  });

  test('is a skip where another rollback holds the target', () => {
    const error = { Error: 'TargetClaimed', Cause: '{"errorMessage":"held"}' };
    expect(outcomeOf({ request: forward, error }, AT)).toMatchObject({ state: 'skipped', advice: [] });
    const invalid = { Error: 'InvalidRequest', Cause: '{"errorMessage":"x"}' };
    expect(outcomeOf({ request: forward, error: invalid }, AT)).toMatchObject({ state: 'failed-clean' });
    expect(outcomeOf({ request: forward, claim, error: invalid }, AT)).toMatchObject({
      state: 'failed-dirty',
    });
  });

  test('condemns nothing', () => {
    expect(revisionAtFault(proven(back, 1), 'rolled-back')).toBeNull();
    expect(revisionAtFault(proven(forward, 1), 'failed-dirty')).toBeNull();
    expect(adviceAfter('rolled-back', proven(back, 1)).join()).not.toContain('refuses');
  });
});

describe('the proof of the way back', () => {
  const terms = { now: AT, proofSeconds: 60, verifyBy: '2026-11-22T03:30:00.000Z', settledSince: AT };
  const alarm = { of: 'alarm checkout-5xx', state: 'unhealthy', says: 'is in ALARM' } as const;

  test('ends at once where an alarm is red, because none was', () => {
    expect(proveHealth([alarm], undefined, { ...terms, isRehearsal: true })).toMatchObject({
      state: 'unproven',
      reason: `at ${AT} alarm checkout-5xx was unhealthy (is in ALARM).`,
    });
    expect(proveHealth([alarm], undefined, terms)).toMatchObject({ state: 'pending' });
  });

  test('waits for everything else', () => {
    for (const sign of [
      { ...alarm, state: 'unknown' as const },
      { ...alarm, of: 'target group blue' },
    ])
      expect(proveHealth([sign], undefined, { ...terms, isRehearsal: true })).toMatchObject({
        state: 'pending',
      });
  });
});
