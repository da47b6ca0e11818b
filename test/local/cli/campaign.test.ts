import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function campaign(...args: readonly string[]) {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/run.cjs', 'local/cli/campaign.ts', ...args],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, stderr: stderr.trim() };
}

describe('npm run campaign', () => {
  it.each([
    [['--no-tests'], 'error: --no-tests needs --planted'],
    [['--keep', 'a-story'], 'error: --keep needs --replay'],
  ])('refuses %j, because the option would do nothing', (args, stderr) => {
    expect(campaign(...args)).toEqual({ status: 2, stderr });
  });
});
