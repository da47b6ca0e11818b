import { expect, test, vi } from 'vitest';
import { optional } from '../../../functions/guard/optional.ts';
import { awsError } from './cloudwatch.ts';

test('what is read is known', async () => {
  expect(await optional(() => Promise.resolve([1]))).toEqual({ known: true, is: [1] });
});

test.each([
  ['throttled', awsError('ThrottlingException'), 'ThrottlingException: no'],
  ['failing', awsError('InternalServiceFault', 500), 'InternalServiceFault: no'],
])('a %s read is unknown and is not tried again', async (_what, error, why) => {
  let reads = 0;
  const read = () => {
    reads++;
    return Promise.reject(error);
  };
  expect(await optional(read)).toEqual({ known: false, why });
  expect(reads).toBe(1);
});

test('what takes too long is unknown: it must not delay a rollback', async () => {
  const never = () => new Promise<never>(() => undefined);
  expect(await optional(never, 20)).toEqual({ known: false, why: 'it took longer than 0.02 seconds' });
});

test('the wait is two seconds', async () => {
  vi.useFakeTimers();
  try {
    const found = optional(() => new Promise<never>(() => undefined));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(await found).toEqual({ known: false, why: 'it took longer than 2 seconds' });
  } finally {
    vi.useRealTimers();
  }
});
