import { describe, expect, it } from 'vitest';
import { ClaimLost, NotPermitted, Paused, Throttled } from '../../src/rollback/errors.ts';
import type { PauseOrder } from '../../src/rollback/pause.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';
import { START } from './machine.ts';
import { play } from './stage.ts';
import {
  failedClean,
  failedDirty,
  gathering,
  path,
  pending,
  proving,
  rolledBack,
  skipped,
  toRevert,
  toStop,
  unsettled,
} from './stretches.ts';

const order: PauseOrder = { paused: true, because: 'the database moves', by: 'ada', at: START };
const paused = new Paused('Lastgood is paused');
const polled = 'Pause Paused PauseWait';
const resumed = 'Pause Paused Resume';
const rest = path(gathering, pending, proving, rolledBack);
const started = { state: 'started', deployment: 'deployment/back' } as const;
const stopped = { state: 'stopped', at: START, deployment: 'deployment/bad' } as const;

describe('a pause before anything was written', () => {
  it('is waited for, and then the rollback is planned and judged anew', async () => {
    const run = await play({ stop: [paused, stopped], pause: [order, order, null], wrote: [false] });
    expect(run.states).toEqual([
      ...path(toStop, polled, polled, resumed, 'Plan Judge Verdict Stop Revert Reverted'),
      ...rest,
    ]);
    expect(run.published.filter((type) => type === 'Rollback Paused')).toHaveLength(1);
  });

  it('before Revert forgets the answer of Stop', async () => {
    const skip: Verdict = { verdict: 'skip', at: START, reasons: ['The harm is over.'] };
    const run = await play({
      ...{ stop: [{ state: 'not-running' }], revert: [paused], pause: [order, null], wrote: [false] },
      judge: [{ verdict: 'act', at: START, reasons: ['!'] }, skip],
    });
    expect(run.states).toEqual(path(toStop, 'Revert', polled, resumed, 'Plan Judge Verdict', skipped));
    expect(run.document.outcome).toMatchObject({ state: 'skipped', reason: 'The harm is over.' });
  });

  it('ends clean after four hours', async () => {
    const run = await play({ stop: [paused], pause: [order], wrote: [false] });
    expect(run.states.slice(-5)).toEqual(path('Pause Paused', failedClean));
    expect(run.seconds).toBe(4 * 3600);
    expect(run.document.outcome).toMatchObject({
      reason: `Lastgood changed nothing. This rollback waited 4 hours. Lastgood is paused since ${START} by ada: the database moves`,
    });
    expect(run.document.outcome?.advice[0]).toMatch(/^Resume Lastgood/);
  });
});

describe('a pause in the middle of a way back', () => {
  it('after Stop goes on with Revert', async () => {
    const run = await play({ revert: [paused, started], pause: [order, null] });
    expect(run.states).toEqual([...path(toStop, 'Revert', polled, resumed, 'Revert Reverted'), ...rest]);
  });

  it('between two writes polls the way back first, and its deadline stands still', async () => {
    const run = await play({
      revert: [started, paused, started],
      pause: [...Array<PauseOrder>(60).fill(order), null],
      polls: [
        { state: 'due', summary: 'blue has grown' },
        { state: 'due', summary: 'blue has grown' },
        { state: 'due', summary: 'blue has grown' },
        { state: 'settled', summary: '2 of 2 tasks' },
      ],
    });
    const { reverted } = run.document;
    expect(reverted).toMatchObject({ rung: 0, left: [] });
    expect(run.states.filter((name) => name === 'Pause')).toHaveLength(61);
    expect(run.states.join(' ')).toContain(`${resumed} Settle Settled SettleWait Settle Settled Revert`);
    expect(run.document.outcome).toMatchObject({ state: 'rolled-back' });
  });

  it('ends dirty after four hours', async () => {
    const run = await play({ revert: [paused], pause: [order] });
    expect(run.states.slice(-5)).toEqual(path('Pause Paused', failedDirty));
    expect(run.document.outcome?.reason).toMatch(/^The rollback stopped midway/);
    expect(run.document.outcome?.advice).toContainEqual(expect.stringMatching(/^Resume Lastgood/));
  });

  it('does not hold back what only reads', async () => {
    const run = await play({ pause: [order] });
    expect(run.states).toEqual([...path(toRevert), ...rest]);
    expect(unsettled).toBe('Settle Settled');
  });
});

describe('while it waits, a rollback', () => {
  it('outlasts a parameter that is throttled', async () => {
    const throttled = Array<Throttled>(50).fill(new Throttled('slow down'));
    const run = await play({ stop: [paused, stopped], pause: [...throttled, null], wrote: [false] });
    expect(run.document.outcome).toMatchObject({ state: 'rolled-back' });
  });

  it.each([
    ['failed-clean', new NotPermitted('no'), false],
    ['failed-dirty', new ClaimLost('lost'), true],
  ])('ends %s after %s', async (state, error, wrote) => {
    const run = await play({ stop: [paused], pause: [error], wrote: [wrote] });
    expect(run.document.outcome).toMatchObject({ state });
  });
});
