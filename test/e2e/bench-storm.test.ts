import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = async (...options: readonly string[]) =>
  promisify(execFile)(process.execPath, ['scripts/run.cjs', 'local/cli/bench-storm.ts', ...options]).then(
    ({ stdout }) => ({ status: 0, stdout, stderr: '' }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { status: code, stdout, stderr };
    },
  );

test(
  'a small storm of all kinds, where all may act, goes back everywhere',
  { timeout: 180_000 },
  async () => {
    const { stdout } = await run('--targets', '6', '--all-may-act', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ kind: 'mixed', targets: 6, within: 60, floorSeconds: 0 },
      ...{ mitigated: 6, lost: 0, asked: 0, proven: 6, alarmed: 6 },
      buckets: expect.arrayContaining([
        expect.objectContaining({ name: 'ecs service modify', calls: 3, throttled: 0 }),
      ]) as unknown,
    });
  },
);

test('a wrong option is refused, and named', async () => {
  const { status, stderr } = await run('--targets', 'many');
  expect(status).toBe(2);
  expect(stderr).toContain('error: --targets must be a whole number from 1 to 20000, not "many"');
});
