import { describe, expect, it } from 'vitest';
import {
  ClaimLost,
  InvalidRequest,
  InvalidTag,
  TargetClaimed,
  Throttled,
  UnsupportedTarget,
} from '../../src/rollback/errors.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { START } from './machine.ts';
import { play, ready, sign, type Script } from './stage.ts';
import {
  announcing,
  failedClean,
  failedDirty,
  gathering,
  lastPoll,
  polling,
  path,
  pending,
  skipped,
  toRevert,
  toStop,
  reviewed,
  unanswered,
  unsettled,
} from './stretches.ts';

const BEGUN = ['Rollback Started', 'Rollback Planned'];
const stay: Verdict = { verdict: 'ask', at: START, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' };
const settled = { state: 'settled', summary: '2 of 2 tasks' } as const;
const nothing = { at: START, tags: { lastgood: 'auto' } };

describe('skipped', () => {
  it('when another rollback holds the target', async () => {
    const run = await play({ claim: [new TargetClaimed('held by another')] });
    expect(run.states).toEqual(path('Claim Interrupt', skipped));
    expect(run).toMatchObject({ published: ['Rollback Skipped'], condemned: [], closed: [] });
    expect(run.document.outcome?.reason).toBe('Another rollback already holds the target: held by another');
  });

  it('when another rollback holds the target, and says that this trigger made it judge again', async () => {
    const run = await play({
      claim: [new TargetClaimed('held by another')],
      interrupt: [new Throttled('slow'), { state: 'judged-again' }],
    });
    expect(run.states).toEqual(path('Claim Interrupt', skipped));
    expect(run.document.outcome?.reason).toContain(
      'It ended its question, and judges again with this trigger',
    );
  });

  it('when another rollback holds the target, though its question cannot be interrupted', async () => {
    const run = await play({
      claim: [new TargetClaimed('held by another')],
      interrupt: [new Error('a bug')],
    });
    expect(run.states).toEqual(path('Claim Interrupt', skipped));
  });

  it.each(['skip', 'observe'] as const)('when the verdict is %s', async (verdict) => {
    const run = await play({ judge: [{ verdict, at: START, reasons: ['The alarm was red before.'] }] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict', skipped));
    expect(run).toMatchObject({
      published: [...BEGUN, 'Rollback Skipped'],
      condemned: [],
      closed: ['skipped'],
    });
  });

  it('when there is nothing to do', async () => {
    const run = await play({
      plan: [{ state: 'nothing-to-do', ...nothing, reason: 'It runs already.' }],
      judge: [{ verdict: 'skip', at: START, reasons: ['Nothing to do.'] }],
    });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict', skipped));
  });

  it('when a person says no', async () => {
    const run = await play({ judge: [stay], approve: [{ answer: 'denied', by: 'U1', at: START }] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict Approve Approved', skipped));
  });

  it('when no answer comes, silence means go, and a reason against it has appeared by then', async () => {
    const go = { ...stay, onSilence: 'go' } as Verdict;
    const run = await play({ judge: [go, stay] });
    expect(run.states).toEqual(
      path(
        'Claim Claimed Plan Judge Verdict Approve Unanswered Plan Judge Verdict Approve',
        unanswered,
        reviewed,
        skipped,
      ),
    );
    expect(run).toMatchObject({ condemned: [], closed: ['skipped'] });
  });

  it('when no answer comes and silence means stay', async () => {
    const run = await play({ judge: [stay] });
    expect(run.states).toEqual(
      path('Claim Claimed Plan Judge Verdict Approve', unanswered, reviewed, skipped),
    );
    expect(run.seconds).toBe(600);
    expect(run.document.outcome?.reason).toBe(
      'No answer came in time, and silence means stay. The harm had ended by then.',
    );
  });

  it.each([
    ['Plan', { plan: [ready, new Error('no way to AWS')] }, 'Reread'],
    ['Review', { review: [new Error('no way to AWS')] }, 'Reread Review'],
  ])('when no answer comes, and %s cannot look once more', async (_, script, states) => {
    const run = await play({ judge: [stay], ...script });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict Approve', unanswered, states, skipped));
    expect(run.document.outcome?.reason).toBe('No answer came in time, and silence means stay.');
  });

  it('when no answer comes, whatever the last look finds: nothing is done with its plan', async () => {
    for (const state of ['no-way-back', 'nothing-to-do', 'join'] as const) {
      const found = { ...ready, state, reason: 'v3 runs' } as unknown as typeof ready;
      const run = await play({ judge: [stay], plan: [ready, found] });
      expect(run.states.slice(-5)).toEqual(path(reviewed, skipped));
      expect(run).toMatchObject({ condemned: [], closed: ['skipped'] });
    }
  });

  it('when no answer comes in a storm: the targets do not all plan again at once', async () => {
    const run = await play({ judge: [{ ...stay, storm: 'storm-1' }] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict Approve', unanswered, skipped));
  });

  it('when no answer comes, and Listen cannot find out whether another trigger came', async () => {
    const run = await play({ judge: [stay], listen: [new Error('no table')] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict Approve Unanswered Listen', skipped));
    expect(run.document.outcome?.reason).toContain('No answer came');
  });
});

describe('failed clean', () => {
  it.each([[new InvalidRequest('request.target', 'must begin with a kind')], [new Error('a bug')]])(
    'when Claim throws %s',
    async (error) => {
      const run = await play({ claim: [error] });
      expect(run.states).toEqual(path('Claim Refused', failedClean));
      expect(run.failure?.error).toBe('FailedClean');
      expect(run.failure?.cause).toContain(error.message);
    },
  );

  it('when the machine is started with nothing at all', async () => {
    const run = await play({ claim: [new InvalidRequest('request', 'is missing')] }, {});
    expect(run.states).toEqual(path('Claim Refused', failedClean));
    expect(run).toMatchObject({ published: ['Rollback Failed'], closed: [] });
  });

  it.each([[new UnsupportedTarget('is draining')], [new Error('a bug')]])(
    'when Plan throws %s',
    async (error) => {
      const run = await play({ plan: [error] });
      expect(run.states).toEqual(path('Claim Claimed Plan', failedClean));
      expect(run.closed).toEqual(['failed-clean']);
    },
  );

  it('when Judge throws', async () => {
    const run = await play({ judge: [new InvalidTag('lastgood', 'must be one of …')] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge', failedClean));
    expect(run.condemned).toEqual([]);
  });

  it('when Approve throws', async () => {
    const run = await play({ judge: [stay], approve: [new Error('a bug')] });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict Approve', failedClean));
  });

  it('when there is no way back', async () => {
    const run = await play({
      plan: [{ state: 'no-way-back', ...nothing, reason: 'No revision was ever proven.' }],
      judge: [{ verdict: 'act', at: START, reasons: ['It was the deployment.'] }],
    });
    expect(run.states).toEqual(path('Claim Claimed Plan Judge Verdict', failedClean));
    expect(run.failure?.cause).toBe('No revision was ever proven.');
  });

  it.each([
    ['Stop', { stop: [new Throttled('slow down')] }, toStop],
    [
      'Revert',
      { stop: [{ state: 'not-running' }], revert: [new Throttled('slow down')] },
      `${toStop} Revert`,
    ],
  ] satisfies [string, Partial<Script>, string][])(
    'when %s is throttled before any write',
    async (_, script, states) => {
      const run = await play({ ...script, wrote: [false] });
      expect(run.states).toEqual(path(states, failedClean));
      expect(run.failure?.cause).toContain('changed nothing. Throttled: slow down');
      expect(run.condemned).toEqual(['checkout:42']);
    },
  );

  it('when no rung can be started and nothing was stopped', async () => {
    const run = await play({
      stop: [{ state: 'not-running' }],
      revert: [{ state: 'failed', reason: 'no capacity' }],
    });
    expect(run.states).toEqual(path(toRevert, 'Revert Reverted', failedClean));
    expect(run.condemned).toEqual(['checkout:42']);
  });
});

describe('failed dirty', () => {
  it.each([[new Error('a bug')], [new ClaimLost('taken by another')]])(
    'when Stop throws %s',
    async (error) => {
      const run = await play({ stop: [error] });
      expect(run.states).toEqual(path(toStop, failedDirty));
      expect(run).toMatchObject({
        published: [...BEGUN, 'Rollback Failed', 'Rollback Frozen'],
        condemned: ['checkout:42'],
        closed: ['failed-dirty'],
      });
    },
  );

  it('when another rollback gets the claim while the way back is polled: nothing more is written or proven', async () => {
    const lost = new ClaimLost('taken by another');
    const run = await play({
      hold: ['held', 'held', 'held', lost],
      polls: [{ state: 'failed', reason: 'it broke' }],
    });
    expect(run.states).toEqual(path(toRevert, gathering, 'Settle Settled Revert', failedDirty));
    const looked = await play({ hold: ['held', 'held', lost] });
    expect(looked.states).toEqual(path(toRevert, gathering, 'Settle', failedDirty));
    expect(looked.document.outcome?.reason).toMatch(/^Another execution claimed the target/);
    const proved = await play({ hold: ['held', 'held', 'held', 'held', lost] });
    expect(proved.states).not.toContain('RolledBack');
    expect(proved.closed).toEqual(['failed-dirty']);
  });

  it('when Revert throws', async () => {
    const run = await play({ revert: [new Error('a bug')] });
    expect(run.states).toEqual(path(toStop, 'Revert', failedDirty));
  });

  it('when the rollout was stopped and no rung can be started', async () => {
    const run = await play({ revert: [{ state: 'failed', reason: 'no capacity' }] });
    expect(run.states).toEqual(path(toRevert, 'Revert Reverted', failedDirty));
  });

  it('when every rung fails', async () => {
    const run = await play({ polls: [{ state: 'failed', reason: 'it broke' }] });
    expect(run.states).toEqual(
      path(toRevert, gathering, unsettled, 'Revert Reverted', announcing, unsettled, failedDirty),
    );
  });

  it('when the second rung cannot be started after the first one failed', async () => {
    const run = await play({
      plan: [ready],
      stop: [{ state: 'not-running' }],
      revert: [
        { state: 'started', deployment: 'deployment/back' },
        { state: 'failed', reason: 'no capacity' },
      ],
      polls: [{ state: 'failed', reason: 'it broke' }],
    });
    expect(run.states).toEqual(path(toRevert, gathering, unsettled, 'Revert Reverted', failedDirty));
  });

  it('when Settle throws', async () => {
    const run = await play({ polls: [new Error('a bug')] });
    expect(run.states).toEqual(path(toRevert, gathering, 'Settle', failedDirty));
  });

  const overtaken = { state: 'overtaken', by: 'deployment/newer', reason: 'The harm began later.' } as const;

  it('when a newer deployment takes over', async () => {
    const run = await play({ polls: [{ state: 'pending', summary: '1 of 2' }, overtaken] });
    expect(run.states).toEqual(path(toRevert, gathering, pending, unsettled, failedDirty));
    expect(run.document.outcome?.reason).toContain('deployment/newer');
  });

  it('when a newer deployment takes over in the middle of the proof', async () => {
    const run = await play({ polls: [settled, settled, overtaken] });
    expect(run.states).toEqual(path(toRevert, gathering, polling, polling, unsettled, failedDirty));
  });

  it('when Verify throws', async () => {
    const run = await play({ polls: [settled], signs: [new Error('a bug')] });
    expect(run.states).toEqual(path(toRevert, gathering, 'Settle Settled Verify', failedDirty));
  });

  it('when health is never proven', async () => {
    const run = await play({ polls: [settled], signs: [[sign('unknown')]] });
    const looks = Array.from({ length: 17 }, () => polling);
    expect(run.states).toEqual(path(toRevert, gathering, ...looks, lastPoll, failedDirty));
    expect(run.document.outcome?.reason).toContain('alarm checkout-5xx was unknown');
  });

  it('when Report cannot report: the record stays open for the backstop', async () => {
    const report = () => Promise.reject(new Error('no table'));
    const run = await play({}, undefined, { report });
    expect(run.states.slice(-2)).toEqual(['Report', 'FailedDirty']);
    expect(run).toMatchObject({ published: [], closed: [] });
    expect(run.failure?.error).toBe('FailedDirty');
  });
});
