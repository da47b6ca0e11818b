import { expect, test } from 'vitest';
import { Interrupted, patiently } from '../../../scripts/verify-on-aws/ground.ts';
import { listen } from '../../../scripts/verify-on-aws/interruption.ts';

test('the first Ctrl-C aborts, the second leaves, and then nothing listens any more', () => {
  const before = process.listenerCount('SIGINT');
  const heard: string[] = [];
  const interruption = listen(
    () => heard.push('first'),
    () => heard.push('second'),
  );
  expect(interruption.signal.aborted).toBe(false);
  process.emit('SIGINT');
  expect([interruption.signal.aborted, heard]).toEqual([true, ['first']]);
  process.emit('SIGINT');
  expect(heard).toEqual(['first', 'second']);
  interruption.end();
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('a terminal that is closed aborts, is no second Ctrl-C, and what cannot be written then ends nothing', () => {
  const heard: string[] = [];
  const interruption = listen(
    () => heard.push('first'),
    () => heard.push('second'),
  );
  process.emit('SIGHUP');
  process.emit('SIGHUP');
  expect([interruption.signal.aborted, heard]).toEqual([true, ['first']]);
  for (const output of [process.stdout, process.stderr])
    expect(() => output.emit('error', new Error('write EIO'))).not.toThrow();
  interruption.end();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

test('a wait ends at once when it was interrupted before, and throws after one that is interrupted', async () => {
  const controller = new AbortController();
  const waited: number[] = [];
  const ground = {
    wait: (seconds: number) => {
      waited.push(seconds);
      if (seconds === 2) controller.abort();
      return Promise.resolve();
    },
  };
  const wait = patiently(ground, controller.signal);
  await wait(1);
  await expect(wait(2)).rejects.toThrow(Interrupted);
  await expect(wait(3)).rejects.toThrow(Interrupted);
  expect(waited).toEqual([1, 2]);
});
