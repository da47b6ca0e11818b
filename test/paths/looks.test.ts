import { describe, expect, it } from 'vitest';
import { Throttled } from '../../src/rollback/errors.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { START } from './machine.ts';
import { act, hangs, play, ready } from './stage.ts';
import {
  failedClean,
  gathering,
  judgingAgain,
  path,
  pending,
  proving,
  rolledBack,
  skipped,
} from './stretches.ts';

const look = (looks: number): Verdict => ({
  ...{ verdict: 'look-again', at: START, lookAgainInSeconds: 150, looks },
  reasons: ['The alarm turned a minute after the deployment.'],
});
const stay: Verdict = { verdict: 'ask', at: START, reasons: ['?'], countdownSeconds: 600, onSilence: 'stay' };
const skip: Verdict = { verdict: 'skip', at: START, reasons: ['A dependency failed first.'] };
const JUDGED = 'Plan Judge Verdict';
const BEGUN = ['Rollback Started', 'Rollback Planned'];

describe('a second look', () => {
  it('waits, makes the plan and judges again, and then acts', async () => {
    const sure = await play();
    const run = await play({ judge: [look(1), act] });
    expect(run.states).toEqual(
      path(
        'Claim Claimed',
        JUDGED,
        judgingAgain,
        JUDGED,
        'Stop Revert Reverted',
        gathering,
        pending,
        proving,
        rolledBack,
      ),
    );
    expect(run.seconds).toBe(sure.seconds + 150);
    expect(run.calls.filter((call) => call === 'mechanism-ecs plan')).toHaveLength(2);
  });

  it('is published with its plan, as are the later steps; the start is not published again', async () => {
    const run = await play({ judge: [look(1), act] });
    expect(run.published).toEqual([
      ...BEGUN,
      'Rollback Planned',
      'Rollback Stopped',
      'Rollback Reverted',
      'Rollback Succeeded',
      'Rollback Frozen',
    ]);
  });

  it('is followed by a third, and by a question', async () => {
    const denied = { answer: 'denied', by: 'U1', at: START } as const;
    const run = await play({ judge: [look(1), look(2), stay], approve: [denied] });
    expect(run.states).toEqual(
      path('Claim Claimed', JUDGED, judgingAgain, JUDGED, judgingAgain, JUDGED, 'Approve Approved', skipped),
    );
    expect(run).toMatchObject({ seconds: 300, condemned: [] });
  });

  it('ends in a skip, which replaces the plan that was published', async () => {
    const run = await play({ judge: [look(1), skip] });
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, judgingAgain, JUDGED, skipped));
    expect(run).toMatchObject({
      published: [...BEGUN, 'Rollback Planned', 'Rollback Skipped'],
      condemned: [],
      closed: ['skipped'],
    });
  });

  it('is taken without a way back, too: the end depends on whether one was needed', async () => {
    const tags = { lastgood: 'auto' };
    const none = { state: 'no-way-back', at: START, tags, reason: 'Nothing was ever proven.' } as const;
    const run = await play({ plan: [none], judge: [look(1), skip] });
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, judgingAgain, JUDGED, skipped));
  });

  it('ends clean if the plan cannot be made again', async () => {
    const run = await play({ plan: [ready, new Error('a bug')], judge: [look(1)] });
    expect(run.states).toEqual(path('Claim Claimed', JUDGED, judgingAgain, 'Plan', failedClean));
    expect(run.condemned).toEqual([]);
  });

  it.each([
    ['fails', new Throttled('bus down')],
    ['hangs', hangs],
  ] as const)('lasts no longer if publishing %s', async (_, bus) => {
    const usual = await play({ judge: [look(1), skip] });
    const run = await play({ judge: [look(1), skip], publish: [bus, 'published'] });
    expect(run.seconds).toBe(usual.seconds);
    expect(run.published).toEqual([...BEGUN, 'Rollback Skipped']);
  });
});
