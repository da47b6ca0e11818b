import { expect, test } from 'vitest';
import { kept } from '../../../src/aws/kept.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString();

function stage() {
  let now = 0;
  let reads = 0;
  let isRefused = false;
  const read = kept(
    () => (isRefused ? Promise.reject(new Error('refused')) : Promise.resolve(++reads)),
    () => at(now),
  );
  return { read, pass: (seconds: number) => (now += seconds), refuse: (is: boolean) => (isRefused = is) };
}

test('an answer is kept until the third sweep, and read once by all who ask at once', async () => {
  const { read, pass } = stage();
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  pass(150);
  expect(await read()).toBe(1);
  pass(1);
  expect(await Promise.all([read(), read()])).toEqual([2, 2]);
});

test('an answer serves for five minutes where it cannot be read again, and no longer', async () => {
  const { read, pass, refuse } = stage();
  await read();
  refuse(true);
  pass(300);
  expect(await read()).toBe(1);
  pass(1);
  await expect(read()).rejects.toThrow('refused');
  refuse(false);
  expect(await read()).toBe(2);
});

test('a failure is never kept', async () => {
  const { read, refuse } = stage();
  refuse(true);
  await expect(read()).rejects.toThrow('refused');
  refuse(false);
  expect(await read()).toBe(1);
});
