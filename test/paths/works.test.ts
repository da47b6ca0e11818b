import { describe, expect, it } from 'vitest';
import { Throttled, Unavailable } from '../../src/rollback/errors.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { START } from './machine.ts';
import { act, hangs, play, ready, REQUEST, sign } from './stage.ts';
import {
  announcing,
  awaiting,
  gathering,
  lastPoll,
  polling,
  path,
  pending,
  proving,
  rolledBack,
  toRevert,
  toStop,
  unsettled,
} from './stretches.ts';

const STEPS = ['Rollback Started', 'Rollback Planned', 'Rollback Stopped', 'Rollback Reverted'];
const ask: Verdict = { verdict: 'ask', at: START, reasons: ['?'], countdownSeconds: 600, onSilence: 'go' };
const settled = { state: 'settled', summary: '2 of 2 tasks' } as const;

describe('a rollback that works', () => {
  it('goes from an alarm in the middle of a rollout to the proof', async () => {
    const run = await play();
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
    expect(run.document.outcome).toMatchObject({ state: 'rolled-back' });
    expect(run).toMatchObject({
      published: [...STEPS, 'Rollback Succeeded', 'Rollback Frozen'],
      condemned: ['checkout:42'],
      closed: ['rolled-back'],
    });
  });

  it('starts at most three functions and enters seven states up to the first write', async () => {
    const { calls, states } = await play();
    const before = calls.slice(0, calls.indexOf('mechanism-ecs stop') + 1).map((call) => call.split(' ')[0]);
    expect(new Set(before).size).toBeLessThanOrEqual(3);
    expect(states.indexOf('Revert') + 1).toBeLessThanOrEqual(7);
  });

  it('takes the same way after the rollout completed', async () => {
    const run = await play({ stop: [{ state: 'not-running' }] });
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
  });

  it('joins where AWS already goes back', async () => {
    const run = await play({
      plan: [{ ...ready, state: 'join' }],
      stop: [{ state: 'reverting', at: START, deployment: 'deployment/back' }],
      revert: [{ state: 'joined', deployment: 'deployment/back' }],
    });
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
  });

  it('is started by hand with no more than a target and a reason', async () => {
    const run = await play({}, { request: { target: 'ecs:prod/checkout', reason: 'It hurts.' } });
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
  });

  it('makes the plan and judges it once more when a person approves', async () => {
    const run = await play({ judge: [ask, act], approve: [{ answer: 'approved', by: 'U1', at: START }] });
    expect(run.states).toEqual(
      path(
        'Claim Claimed Plan Judge Verdict Approve Approved Plan Judge Verdict Stop Revert Reverted',
        gathering,
        pending,
        proving,
        rolledBack,
      ),
    );
  });

  it('makes the plan and judges it once more when no answer comes and silence means go', async () => {
    const run = await play({ judge: [ask, act] });
    expect(run.states).toEqual(
      path(
        'Claim Claimed Plan Judge Verdict Approve Unanswered Plan Judge Verdict Stop Revert Reverted',
        gathering,
        pending,
        proving,
        rolledBack,
      ),
    );
    expect(run.seconds).toBeGreaterThan(600);
    expect(run).toMatchObject({ published: [...STEPS, 'Rollback Succeeded', 'Rollback Frozen'] });
  });
});

describe('rungs', () => {
  it('tries the next rung when one fails, and gathers evidence once', async () => {
    const run = await play({ polls: [{ state: 'failed', reason: 'it broke' }, settled] });
    expect(run.states).toEqual(
      path(toRevert, gathering, unsettled, 'Revert Reverted', announcing, proving, rolledBack),
    );
    expect(run.document.reverted).toMatchObject({ rung: 1, left: [{ rung: 0, reason: 'it broke' }] });
    expect(run.document.gathered).toMatchObject({ evidence: { found: [{ source: 'stopped tasks' }] } });
    expect(run.published).toEqual([...STEPS, 'Rollback Reverted', 'Rollback Succeeded', 'Rollback Frozen']);
  });

  it('tries the next rung when one is late', async () => {
    // Seconds from the start: 15, 45, then every minute; the first one after ten minutes is the 12th.
    const late = Array.from({ length: 12 }, () => ({ state: 'pending', summary: '1 of 2' }) as const);
    const run = await play({ polls: [...late, settled] });
    const waits = Array.from({ length: 11 }, () => pending);
    expect(run.states).toEqual(
      path(toRevert, gathering, ...waits, unsettled, 'Revert Reverted', announcing, proving, rolledBack),
    );
    expect(run.document.reverted).toMatchObject({ rung: 1, left: [{ rung: 0 }] });
  });

  it('publishes what hinders the way back once, and polls on', async () => {
    const hindered = { state: 'pending', summary: '0 of 2', hindrance: 'ECS says: no room.' } as const;
    const run = await play({ polls: [hindered, hindered, settled] });
    expect(run.states).toEqual(
      path(toRevert, gathering, unsettled, announcing, pending, proving, rolledBack),
    );
    expect(run.published).toEqual([...STEPS, 'Rollback Hindered', 'Rollback Succeeded', 'Rollback Frozen']);
  });

  it('comes back to Revert, on the same rung and with the same deadline, when its next write is due', async () => {
    const run = await play({ polls: [{ state: 'due', summary: 'the capacity is there' }, settled] });
    expect(run.states).toEqual(
      path(toRevert, gathering, unsettled, 'Revert Reverted', announcing, proving, rolledBack),
    );
    const { reverted } = run.document;
    expect(reverted).toMatchObject({ rung: 0, left: [] });
    const { at, settleBy } = reverted as { at: string; settleBy: string };
    expect(Date.parse(settleBy) - Date.parse(at)).toBeLessThan(ready.rungs[0].withinSeconds * 1000);
  });

  it('publishes once for which alarms it waits, and polls on', async () => {
    const late = { of: 'alarm slow', state: 'unhealthy', says: 'is in ALARM' } as const;
    const red = { ...late, countsUntil: '2026-11-22T04:30:00.000Z' };
    const signs = [...Array.from({ length: 30 }, () => [red]), [sign('healthy')]];
    const run = await play({ polls: [settled], signs });
    const waits = Array.from({ length: 29 }, () => polling);
    expect(run.states).toEqual(
      path(toRevert, gathering, lastPoll, announcing, ...waits, proving, rolledBack),
    );
    expect(run.published).toEqual([...STEPS, 'Rollback Waiting', 'Rollback Succeeded', 'Rollback Frozen']);
  });

  it('tries the next rung when one cannot even be started', async () => {
    const run = await play({
      revert: [
        { state: 'failed', reason: 'no such deployment' },
        { state: 'started', deployment: 'deployment/back' },
      ],
    });
    expect(run.states).toEqual(path(toRevert, 'Revert Reverted', gathering, pending, proving, rolledBack));
  });
});

describe('a wait for the event that a deployment ended', () => {
  const awaited = { state: 'pending', summary: '1 of 2 tasks', awaits: 'ecs:prod/checkout' } as const;

  it('ends with the event', async () => {
    const usual = await play();
    const run = await play({ polls: [awaited, settled], end: [later(4)] });
    expect(run.states).toEqual(path(toRevert, gathering, awaiting, proving, rolledBack));
    expect(run.calls).toContain('guard await');
    expect(run.seconds).toBe(usual.seconds - 26);
  });

  it('lasts as long as any other without one', async () => {
    const usual = await play();
    const run = await play({ polls: [awaited, settled] });
    expect(run.states).toEqual(path(toRevert, gathering, awaiting, proving, rolledBack));
    expect(run.seconds).toBe(usual.seconds);
  });

  it('ends with the event of another deployment, which settles nothing', async () => {
    const run = await play({ polls: [awaited, awaited, settled], end: [later(4)] });
    expect(run.states).toEqual(path(toRevert, gathering, awaiting, awaiting, proving, rolledBack));
  });

  it('is a plain wait where the token cannot be stored', async () => {
    const usual = await play();
    const run = await play({ polls: [awaited, settled], await: [new Throttled('slow')] });
    expect(run.states).toEqual(path(toRevert, gathering, awaiting, 'SettleWait', proving, rolledBack));
    expect(run.seconds).toBe(usual.seconds);
  });

  it('leaves nothing in the document', async () => {
    const run = await play({ polls: [awaited, settled], end: [later(4)] });
    const usual = await play();
    expect(Object.keys(run.document)).toEqual(Object.keys(usual.document));
  });
});

/** Answers after so many seconds. */
function later(seconds: number): () => Promise<unknown> {
  return () => new Promise((resolve) => setTimeout(resolve, seconds * 1000, {}));
}

describe('proof', () => {
  it('begins anew after a poll that was not healthy', async () => {
    const run = await play({
      polls: [settled],
      signs: [[sign('healthy')], [sign('unhealthy')], [sign('unknown')], [sign('healthy')]],
    });
    expect(run.states).toEqual(path(toRevert, gathering, polling, polling, polling, proving, rolledBack));
  });

  it('begins anew when the way back is pending again', async () => {
    const run = await play({
      polls: [settled, settled, { state: 'pending', summary: '1 of 2 tasks' }, settled],
    });
    expect(run.states).toEqual(path(toRevert, gathering, polling, polling, pending, proving, rolledBack));
  });

  it('is completed by a run of healthy polls that began before its time was over', async () => {
    const unhealthy = Array.from({ length: 17 }, () => [sign('unhealthy')]);
    const run = await play({ polls: [settled], signs: [...unhealthy, [sign('healthy')]] });
    expect(run.states).toEqual(
      path(toRevert, gathering, ...unhealthy.map(() => polling), polling, polling, lastPoll, rolledBack),
    );
  });
});

describe('a delay', () => {
  it.each(['claim', 'plan', 'judge', 'stop', 'revert', 'polls', 'signs'] as const)(
    'retries %s when AWS throttles it or does not answer',
    async (part) => {
      const usual = await play();
      const played = {
        claim: 'granted',
        plan: ready,
        judge: { verdict: 'act', at: START, reasons: ['!'] },
      } as const;
      const rest = {
        ...played,
        stop: { state: 'stopped', at: START, deployment: 'deployment/bad' },
        revert: { state: 'started', deployment: 'deployment/back' },
        polls: settled,
        signs: [sign('healthy')],
      } as const;
      const run = await play({
        polls: [settled],
        [part]: [new Throttled('slow'), new Unavailable('gone'), rest[part]],
      });
      expect(run.states).toEqual(path(toRevert, gathering, proving, rolledBack));
      expect(run.calls.length).toBe(usual.calls.length + 1);
    },
  );

  it('retries when a function hangs', async () => {
    const run = await play({ stop: [hangs, { state: 'not-running' }] });
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
    expect(run.calls.filter((call) => call === 'mechanism-ecs stop')).toHaveLength(2);
  });

  it.each([
    ['fails', new Error('no evidence')],
    ['hangs', hangs],
  ] as const)('does not wait for evidence that %s', async (_, evidence) => {
    const usual = await play();
    const run = await play({ evidence: [evidence] });
    expect(run.states).toEqual(path(toRevert, gathering, pending, proving, rolledBack));
    expect(run.seconds).toBe(usual.seconds);
    expect(run.document.gathered).toMatchObject({ evidence: { missing: [{ source: 'stopped tasks' }] } });
  });

  it.each([
    ['crashes', () => Promise.reject(new Error('out of memory'))],
    ['hangs', () => new Promise(() => undefined)],
  ])('does not wait for an evidence function that %s', async (_, evidence) => {
    const usual = await play();
    const run = await play({}, { request: REQUEST }, { evidence });
    expect(run.states).toEqual(path(toRevert, `${gathering} EvidenceMissing`, pending, proving, rolledBack));
    expect(run.seconds).toBe(usual.seconds);
    expect(run.document.gathered).toHaveProperty('evidence.Error');
  });

  it.each([
    ['fails', new Error('bus down')],
    ['hangs', hangs],
  ] as const)(
    'does not wait for a bus that %s beside the first wait, and publishes at the end',
    async (_, bus) => {
      const usual = await play();
      const run = await play({ publish: [bus, 'published'] });
      const publishing = bus === hangs ? `${gathering} NotPublished` : gathering;
      expect(run.states).toEqual(path(toRevert, publishing, pending, proving, rolledBack));
      expect(run.seconds).toBe(usual.seconds);
      expect(run.published).toEqual([...STEPS, 'Rollback Succeeded', 'Rollback Frozen']);
    },
  );

  it('ends the same when the bus is down all along, and keeps the events to publish', async () => {
    const usual = await play();
    const run = await play({ publish: [new Error('bus down')] });
    expect(run.states).toEqual(usual.states);
    expect(run.seconds).toBe(usual.seconds);
    expect(run).toMatchObject({
      published: [],
      condemned: ['checkout:42'],
      closed: ['rolled-back, unpublished'],
    });
  });
});

it('enters Stop as the sixth state', () => {
  expect(path(toStop)).toHaveLength(6);
});
