import { expect, it } from 'vitest';
import { Throttled } from '../../src/rollback/errors.ts';
import { play, ready, sign, type Script } from './stage.ts';
import { transitionsAMinute } from './waiting.ts';

/** The issue's own limit. */
const MAX_TRANSITIONS_A_MINUTE = 5;

const pending = { state: 'pending', summary: '1 of 2 tasks' } as const;
const awaited = { ...pending, awaits: 'ecs:prod/checkout' } as const;
const settled = { state: 'settled', summary: '2 of 2 tasks' } as const;
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

it.each<[string, Partial<Script>]>([
  ['a way back of nine minutes', { polls: [...times(10, pending), settled] }],
  ['a way back of nine minutes whose event never comes', { polls: [...times(10, awaited), settled] }],
  [
    'a way back whose event cannot be awaited',
    { polls: [...times(10, awaited), settled], await: [new Throttled('slow')] },
  ],
  ['a rung that is late, and another one', { polls: [...times(12, pending), ...times(3, pending), settled] }],
  ['a proof of two minutes', { polls: [settled] }],
  [
    'a proof of an hour',
    { polls: [settled], plan: [{ ...ready, tags: { lastgood: 'auto', 'lastgood:proof': '60' } }] },
  ],
  ['a proof that fails', { polls: [settled], signs: [[sign('unhealthy')]] }],
  ['a proof in which the way back stirs', { polls: [...times(4, settled), ...times(3, pending), settled] }],
])('%s makes at most five state transitions a minute', async (_, script) => {
  const { states, enteredAt } = await play(script);
  const entered = states.map((name, index) => ({ name, at: enteredAt[index]! }));
  const average = transitionsAMinute(entered);
  expect(average).toBeGreaterThan(1);
  expect(average).toBeLessThanOrEqual(MAX_TRANSITIONS_A_MINUTE);
});
