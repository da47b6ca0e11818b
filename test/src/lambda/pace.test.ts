import { describe, expect, it, vi } from 'vitest';
import { pacedPoll, pacedRevert, stretched } from '../../../src/lambda/pace.ts';
import type { Turns } from '../../../src/lambda/turns.ts';
import type { Planned, Reverted, Settled } from '../../../src/rollback/document.ts';
import { after } from '../../../src/rollback/time.ts';
import type { Turn } from '../../../src/rollback/turn.ts';
import { AT, ready } from '../rollback/documents.ts';

const takes = {
  write: [{ quota: 'ecs service modify', calls: 1 }],
  look: [{ quota: 'ecs service read', calls: 1 }],
};
const planned = { plan: { ...ready, takes } } as unknown as Planned;
/** What a look of Settle and one of Verify read. */
const bothLooks = [...takes.look, { quota: 'cloudwatch DescribeAlarms', calls: 1 }];
const turnIn = (seconds: number): Turn => ({ at: after(AT, seconds), quota: 'ecs service read', ahead: 9 });

function turning(turn?: Turn) {
  return { of: vi.fn<Turns['of']>().mockResolvedValue(turn) };
}

const started: Reverted = {
  ...{ state: 'started', rung: 0, at: AT, deployment: 'back', settleBy: AT, left: [] },
  pollInSeconds: 15,
};

describe('a look', () => {
  it('is at its usual time, and is reserved', async () => {
    const turns = turning();
    expect(await stretched(15, takes.look, turns, AT)).toBe(15);
    expect(turns.of).toHaveBeenCalledExactlyOnceWith(takes.look, 'look', after(AT, 15));
  });

  it.each([
    [15, 15],
    [15.2, 16],
    [240, 240],
    [9_000, 3_600],
    [3, 15],
  ])('whose turn is in %d seconds is in %d, in whole seconds', async (turn, seconds) => {
    expect(await stretched(15, takes.look, turning(turnIn(turn)), AT)).toBe(seconds);
  });

  it('after the start of a way back is stretched', async () => {
    expect(await pacedRevert(started, planned, turning(turnIn(40)), AT)).toEqual({
      ...started,
      pollInSeconds: 40,
    });
  });

  it('that is pending stretches the next one', async () => {
    const pending: Settled = { state: 'pending', summary: '1 of 2', polls: 1, pollAgainInSeconds: 15 };
    const turns = turning(turnIn(40));
    expect(await pacedPoll(pending, planned, turns, AT)).toEqual({ ...pending, pollAgainInSeconds: 40 });
    expect(turns.of).toHaveBeenCalledExactlyOnceWith(bothLooks, 'look', after(AT, 15));
  });

  it('waits for an event only at its usual time', async () => {
    const pending: Settled = {
      ...{ state: 'pending', summary: '1 of 2', polls: 1, pollAgainInSeconds: 15 },
      awaits: 'ecs:prod/checkout',
    };
    expect(await pacedPoll(pending, planned, turning(), AT)).toEqual(pending);
    expect(await pacedPoll(pending, planned, turning(turnIn(15.2)), AT)).toHaveProperty('awaits');
    expect(await pacedPoll(pending, planned, turning(turnIn(40)), AT)).not.toHaveProperty('awaits');
  });

  it('of a plan that names no takes is as usual', async () => {
    const turns = turning();
    const unpaced = { plan: ready } as unknown as Planned;
    expect(await pacedRevert(started, unpaced, turns, AT)).toEqual(started);
    expect(turns.of).toHaveBeenCalledExactlyOnceWith([], 'look', after(AT, 15));
  });
});

describe('a further write', () => {
  const failed = (more: boolean): Settled => ({ state: 'failed', reason: 'stuck', more });
  const refused = (more: boolean): Reverted => ({
    ...{ state: 'failed', rung: 0, at: AT, reason: 'refused', left: [], more },
  });

  it.each<Settled>([failed(true), { state: 'due', at: AT, summary: 'grown' }])(
    'has its turn after %j',
    async (settled) => {
      const turns = turning(turnIn(40));
      expect(await pacedPoll(settled, planned, turns, AT)).toEqual({ ...settled, turn: turnIn(40) });
      expect(turns.of).toHaveBeenCalledExactlyOnceWith(takes.write, 'before-write');
    },
  );

  it('has its turn after a rung that could not start', async () => {
    expect(await pacedRevert(refused(true), planned, turning(turnIn(40)), AT)).toEqual({
      ...refused(true),
      turn: turnIn(40),
    });
  });

  it('is not reserved where there is none', async () => {
    const turns = turning(turnIn(40));
    const settled: Settled = { state: 'settled', at: AT, summary: '2 of 2' };
    expect(await pacedPoll(failed(false), planned, turns, AT)).toEqual(failed(false));
    expect(await pacedPoll(settled, planned, turns, AT)).toEqual(settled);
    expect(await pacedRevert(refused(false), planned, turns, AT)).toEqual(refused(false));
    expect(turns.of).not.toHaveBeenCalled();
  });
});
