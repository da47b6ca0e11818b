import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { playJob } from '../../local/versus/jobs.ts';

test('errors hurt without end where nothing protects, and end some minutes after AWS sees the alarm', async () => {
  const [nothing, natives] = [
    await playJob({ name: 'errors', arm: 'nothing', seed: 1 }),
    await playJob({ name: 'errors', arm: 'natives10', seed: 1 }),
  ];
  expect(nothing).toMatchObject({ served: null, firstWrite: null, takenBack: false });
  expect(nothing.badSeconds).toBeGreaterThan(1000);
  expect(natives).toMatchObject({ alarm: nothing.alarm, firstWrite: null, takenBack: true });
  expect(natives.badSeconds).toBeLessThan(300);
  expect(natives.served).toBeGreaterThan(natives.alarm ?? Infinity);
});

test('a good release that is quiet is not taken back', async () => {
  const runs = [
    await playJob({ name: 'quiet-rolling', arm: 'natives10', seed: 1 }),
    await playJob({ name: 'quiet-rolling', arm: 'lookout-alone', seed: 1 }),
  ];
  for (const run of runs) expect(run).toMatchObject({ takenBack: false, badSeconds: 0, badRequests: 0 });
});

const versus = (...options: readonly string[]) =>
  promisify(execFile)(process.execPath, ['scripts/run.cjs', 'local/cli/versus.ts', ...options]).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { status: code, stdout, stderr };
    },
  );

test('with --json standard output is one document, and the progress is elsewhere', async () => {
  const { stdout, stderr } = await versus('--stories', 'bad-image,quiet-rolling', '--seeds', '1', '--json');
  const never = { badSeconds: 0, badRequests: 0, alarm: null, served: null };
  expect(JSON.parse(stdout)).toMatchObject({
    stories: [{ name: 'bad-image', arms: { nothing: { ...never, firstWrite: null }, lastgood: never } }],
    good: [{ noise: 'quiet-rolling', seeds: 1, alarm: 0, lookout: 0 }],
  });
  expect(stderr).toContain('8 of 8 runs');
});

test('a wrong option is refused, and named', async () => {
  const { status, stderr } = await versus('--stories', 'eror');
  expect(status).toBe(2);
  expect(stderr).toContain('error: --stories has no story "eror"');
});
