import '../../paths/silence-logs.ts';
import { describe, expect, it, vi } from 'vitest';
import { createManyTurns, createTurns } from '../../../src/lambda/turns.ts';
import type { Calendar } from '../../../src/quotas/dynamodb-calendar.ts';
import { after } from '../../../src/rollback/time.ts';

const NOW = '2026-11-22T03:00:00.400Z';
const inSeconds = (seconds: number) => after('2026-11-22T03:00:00.000Z', seconds);

/** Turns on a calendar that answers with these seconds, call by call. */
function turning(...seconds: readonly (number | Error)[]) {
  const reserve = vi.fn<Calendar['reserve']>();
  for (const one of seconds) {
    if (one instanceof Error) reserve.mockRejectedValueOnce(one);
    else reserve.mockResolvedValueOnce({ at: inSeconds(one), ahead: one * 5 });
  }
  return { reserve, turns: createTurns({ reserve }, () => NOW) };
}

const updates = { quota: 'ecs service modify', calls: 1 };
const reads = { quota: 'ecs service read', calls: 2 };

describe('a turn', () => {
  it('is that of the quota that is scarcest', async () => {
    const { turns, reserve } = turning(3, 7);
    const turn = await turns.of([updates, reads], 'before-write');
    expect(turn).toEqual({ at: inSeconds(7), quota: 'ecs service read', ahead: 35 });
    expect(reserve.mock.calls.map(([{ name }, calls, urgency]) => [name, calls, urgency])).toEqual([
      ['ecs service modify', 1, 'before-write'],
      ['ecs service read', 2, 'before-write'],
    ]);
  });

  it('is none in the present second', async () => {
    expect(await turning(0).turns.of([updates], 'before-write')).toBeUndefined();
  });

  it.each([
    [10, undefined],
    [11, true],
  ] as const)('of %d seconds is long: %s', async (seconds, isLong) => {
    const turn = await turning(seconds).turns.of([updates], 'before-write');
    expect(turn?.isLong).toBe(isLong);
  });

  it('reserves each quota once', async () => {
    const { turns, reserve } = turning(3);
    await turns.of([reads, reads], 'look', inSeconds(30));
    expect(reserve).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ name: 'ecs service read' }),
      4,
      'look',
      inSeconds(30),
    );
  });

  it('passes over a quota of another version', async () => {
    const { turns, reserve } = turning();
    expect(await turns.of([{ quota: 'ecs service write', calls: 1 }], 'before-write')).toBeUndefined();
    expect(reserve).not.toHaveBeenCalled();
  });

  it('is none where the calendar cannot be read or written', async () => {
    expect(await turning(new Error('throttled')).turns.of([updates], 'before-write')).toBeUndefined();
    expect(await turning(5, new Error('down')).turns.of([updates, reads], 'before-write')).toBeUndefined();
  });

  it('is none where the calendar does not answer', async () => {
    vi.useFakeTimers();
    const turns = createTurns({ reserve: () => new Promise(() => undefined) }, () => NOW);
    const turn = turns.of([updates], 'before-write');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await turn).toBeUndefined();
    vi.useRealTimers();
  });
});

describe('the turns of many', () => {
  const many = (reserveEach: Calendar['reserveEach']) => createManyTurns({ reserveEach }, () => NOW);
  const at = (second: number) => ({ at: inSeconds(second), ahead: second });

  it('are each that of the quota that is scarcest, the first ones first', async () => {
    const turns = many(({ name }) =>
      Promise.resolve(name === 'ecs service read' ? [at(0), at(7), at(8)] : [at(0), at(1), at(9)]),
    );
    expect(await turns.ofEach([updates, reads], 'before-write', 3)).toEqual([
      undefined,
      { at: inSeconds(7), quota: 'ecs service read', ahead: 7 },
      { at: inSeconds(9), quota: 'ecs service modify', ahead: 9 },
    ]);
  });

  it('are none where the calendar cannot be read or written', async () => {
    const turns = many(() => Promise.reject(new Error('throttled')));
    expect(await turns.ofEach([updates], 'before-write', 2)).toEqual([undefined, undefined]);
  });
});
