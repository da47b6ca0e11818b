import { expect, it } from 'vitest';
import { unlessScarce } from '../../../functions/evidence/unless-scarce.ts';
import type { Planned } from '../../../src/rollback/document.ts';

const rollback = {} as Planned;
const { signal } = new AbortController();
const source = { name: 'targets', read: () => Promise.resolve({ lines: ['a line'] }) };
const reading = (isScarce: () => Promise<boolean>) =>
  unlessScarce(source, 'elb read', { isScarce }).read(rollback, signal);

it('is read where no way back waits for its quota', async () => {
  expect(await reading(() => Promise.resolve(false))).toEqual({ lines: ['a line'] });
});

it('is left out, and says so, while ways back wait', async () => {
  await expect(reading(() => Promise.resolve(true))).rejects.toThrow(
    'was left out: ways back wait for the quota elb read',
  );
});

it('is read where the calendar cannot be', async () => {
  expect(await reading(() => Promise.reject(new Error('no table')))).toEqual({ lines: ['a line'] });
});
