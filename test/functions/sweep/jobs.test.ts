import { expect, test } from 'vitest';
import { runJobs } from '../../../functions/sweep/jobs.ts';

async function run(jobs: readonly (() => Promise<void>)[], hasTime = () => true) {
  const warned: string[] = [];
  const failed = await runJobs(jobs, { warn: (message) => void warned.push(message), hasTime }).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
  return { warned, failed };
}

test('a job that fails does not stop the others, and its error is thrown after them', async () => {
  const done: number[] = [];
  const jobs = [0, 1, 2, 3, 4, 5, 6].map(
    (i) => () => (i === 1 ? Promise.reject(new Error('no')) : Promise.resolve(void done.push(i))),
  );
  expect(await run(jobs)).toEqual({ warned: [], failed: 'no' });
  expect(done).toEqual([0, 2, 3, 4, 5, 6]);
});

test('a throttled job fails nothing', async () => {
  const throttled = () => Promise.reject(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
  const { warned, failed } = await run([throttled]);
  expect(failed).toBeNull();
  expect(warned).toHaveLength(1);
});

test('a job that could not begin in time is left for the next minute', async () => {
  let begun = 0;
  const job = () => {
    begun++;
    return Promise.resolve();
  };
  const { warned, failed } = await run(Array(7).fill(job) as (() => Promise<void>)[], () => begun < 5);
  expect([begun, warned.length, failed]).toEqual([5, 2, null]);
});
