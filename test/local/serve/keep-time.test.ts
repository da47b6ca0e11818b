import { expect, test } from 'vitest';
import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { keepTime } from '../../../local/serve/keep-time.ts';

test('an error of something that is due is reported, and time goes on behind it', async () => {
  const clock = new Clock('2026-11-22T02:00:00.000Z');
  const happened: string[] = [];
  const ended = new AbortController();
  clock.after(1_000, () => {
    throw new Error('the first');
  });
  clock.after(2_000, () => happened.push('the second'));
  clock.after(2_000, () => {
    throw new Error('the third');
  });
  clock.after(3_000, () => ended.abort());
  await keepTime(clock, {
    speed: 10_000,
    ended: ended.signal,
    onTrouble: (error) => happened.push(String(error)),
  });
  expect(happened).toEqual(['Error: the first', 'the second', 'Error: the third']);
  expect(clock.iso()).toBe('2026-11-22T02:00:03.000Z');
});

test('no time passes once it is ended', async () => {
  const clock = new Clock('2026-11-22T02:00:00.000Z');
  clock.every(1_000, () => undefined);
  await keepTime(clock, { speed: 10_000, ended: AbortSignal.abort(), onTrouble: () => undefined });
  expect(clock.iso()).toBe('2026-11-22T02:00:00.000Z');
});
