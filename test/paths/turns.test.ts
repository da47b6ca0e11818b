import { describe, expect, it } from 'vitest';
import { Throttled } from '../../src/rollback/errors.ts';
import { after } from '../../src/rollback/time.ts';
import type { Turn } from '../../src/rollback/turn.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { START } from './machine.ts';
import { act, hangs, play, ready } from './stage.ts';
import {
  announcing,
  gathering,
  path,
  pending,
  proving,
  rolledBack,
  toRevert,
  unsettled,
} from './stretches.ts';

const turnIn = (seconds: number, isLong?: true): Turn => ({
  ...{ at: after(START, seconds), quota: 'ecs service modify', ahead: 5 * seconds },
  ...(isLong && { isLong }),
});
const withTurn = (turn: Turn): Verdict => ({ ...act, turn }) as Verdict;
const judged = 'Claim Claimed Plan Judge Verdict';
const atRest = { ...ready, inFlight: false };
const rest = path(gathering, pending, proving, rolledBack);

describe('the turn to read', () => {
  it('is awaited before Plan', async () => {
    const usual = await play();
    const run = await play({ claim: [turnIn(40)] });
    expect(run.states.slice(0, 4)).toEqual(path('Claim Claimed PlanTurn Plan'));
    expect(run.seconds).toBe(usual.seconds + 40);
  });
});

describe('the turn to write', () => {
  it('is awaited before Stop', async () => {
    const run = await play({ judge: [withTurn(turnIn(4))] });
    expect(run.states).toEqual([...path(judged, 'ShortTurn Begin Stop Revert Reverted'), ...rest]);
    expect(run.seconds).toBe((await play()).seconds + 4);
  });

  it('is awaited before Revert where nothing is in flight', async () => {
    const run = await play({ judge: [withTurn(turnIn(4))], plan: [atRest] });
    expect(run.states).toEqual([...path(judged, 'ShortTurn Begin Revert Reverted'), ...rest]);
  });

  it('is published with the plan where it is long, and nothing is published twice', async () => {
    const run = await play({ judge: [withTurn(turnIn(90, true))] });
    expect(run.states).toEqual([
      ...path(judged, 'Turn TurnWait PublishTurn Begin Stop Revert Reverted'),
      ...rest,
    ]);
    expect(run.published).toEqual((await play()).published);
  });

  it.each([
    ['fails', new Throttled('bus down')],
    ['hangs', hangs],
  ] as const)('lasts no longer if publishing %s', async (_, bus) => {
    const run = await play({ judge: [withTurn(turnIn(90, true))], publish: [bus, 'published'] });
    expect(run.seconds).toBe((await play()).seconds + 90);
    expect(run.published).toEqual((await play()).published);
  });

  it('that has passed is no wait', async () => {
    const run = await play({ judge: [withTurn(turnIn(-5))] });
    expect(run.seconds).toBe((await play()).seconds);
  });
});

describe('a rollback with nothing in flight', () => {
  it('goes straight to Revert, and its story says so', async () => {
    const run = await play({ plan: [atRest] });
    expect(run.states).toEqual([...path(judged, 'Revert Reverted'), ...rest]);
    expect(run.published).toEqual((await play()).published);
    expect(run.calls).not.toContain('mechanism-ecs stop');
  });

  it.each([true, undefined])('is stopped first where the plan says in flight: %s', async (inFlight) => {
    const plan = { ...ready, ...(inFlight !== undefined && { inFlight }) };
    expect((await play({ plan: [plan] })).calls).toContain('mechanism-ecs stop');
  });

  it('ends clean where no rung starts', async () => {
    const run = await play({ plan: [atRest], revert: [{ state: 'failed', reason: 'refused' }] });
    expect(run.states.at(-1)).toBe('FailedClean');
  });
});

describe('after the first write', () => {
  const failed = { state: 'failed', reason: 'stuck' } as const;
  const settled = { state: 'settled', summary: '2 of 2 tasks' } as const;

  it('the first look is stretched', async () => {
    const [usual, run] = [
      await play({ polls: [settled] }),
      await play({ polls: [settled], turn: [turnIn(75)] }),
    ];
    expect(run.states).toEqual(usual.states);
    expect(run.seconds).toBe(usual.seconds + 60);
  });

  it('the next rung waits for its turn after a rung that failed', async () => {
    const run = await play({
      plan: [{ ...ready, takes: { write: [{ quota: 'ecs service modify', calls: 1 }], look: [] } }],
      polls: [failed, settled],
      turn: [undefined, turnIn(60), undefined],
    });
    const next = path('NextTurn Revert Reverted', announcing, proving, rolledBack);
    expect(run.states).toEqual([...path(toRevert, gathering, unsettled), ...next]);
  });

  it('the next rung waits for its turn after a rung that could not start', async () => {
    const run = await play({
      plan: [{ ...ready, takes: { write: [{ quota: 'ecs service modify', calls: 1 }], look: [] } }],
      revert: [
        { state: 'failed', reason: 'refused' },
        { state: 'started', deployment: 'back' },
      ],
      polls: [settled],
      turn: [turnIn(30), undefined],
    });
    expect(run.states).toEqual(path(toRevert, 'RungTurn Revert Reverted', gathering, proving, rolledBack));
  });

  it('a further write of a rung waits for its turn', async () => {
    const run = await play({
      plan: [{ ...ready, takes: { write: [{ quota: 'elb write', calls: 1 }], look: [] } }],
      polls: [{ state: 'due', summary: 'grown' }, settled],
      turn: [undefined, turnIn(60), undefined],
    });
    const next = path('NextTurn Revert Reverted', announcing, proving, rolledBack);
    expect(run.states).toEqual([...path(toRevert, gathering, unsettled), ...next]);
  });
});

describe('many that were approved together', () => {
  it('read one after another', async () => {
    const ask: Verdict = {
      ...{ verdict: 'ask', at: START, reasons: ['?'] },
      countdownSeconds: 600,
      onSilence: 'stay',
    };
    const approved = { answer: 'approved', by: 'U1', at: START, turn: turnIn(30) } as const;
    const run = await play({ judge: [ask, act], approve: [approved] });
    expect(run.states.slice(5, 9)).toEqual(path('Approve Approved ApprovedTurn Plan'));
  });
});
