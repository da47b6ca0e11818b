import { spawnSync } from 'node:child_process';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { besideSays, playArm } from '../../local/cli/beside.ts';

const START = ['scripts/run.cjs', 'local/cli/start.ts'];
const FAST = [process.execPath, ...START, '--fast'].join(' ');
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const ESCAPES = /\u001b/;

/** Without variables of the test run that choose colours. Node finds none where CI is set. */
const env = { ...process.env };
delete env['NO_COLOR'];
delete env['FORCE_COLOR'];
delete env['CI'];

function inPipe(...args: readonly string[]) {
  return spawnSync(process.execPath, [...START, ...args], { encoding: 'utf8', env });
}

describe('npm start in a pipe', () => {
  let out = '';
  let status: number | null = null;
  beforeAll(() => {
    ({ stdout: out, status } = inPipe());
  });

  test('ends well, without a single escape code, within 80 columns', () => {
    expect(status, out).toBe(0);
    expect(out).not.toMatch(ESCAPES);
    expect(out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  test('has one line a phase and none for a poll', () => {
    const phases = [...out.matchAll(/^\S{8} +\+\d+ s {2}(Claim|Plan|Judge|Revert|Settle|Verify|Report) /gm)];
    expect(phases.map(([, phase]) => phase)).toEqual([
      'Claim',
      'Plan',
      'Judge',
      'Revert',
      'Settle',
      'Verify',
      'Report',
    ]);
    expect(out).not.toMatch(/pending|lastgood-prod-/);
  });

  test('sums up what the users felt, and what AWS alone would have done', () => {
    expect(out).toMatch(/users hurt for +188 s\n/);
    expect(out).toMatch(/requests failed +[\d,]+ of [\d,]+\n/);
    expect(out).toMatch(/served {2}█+/);
    expect(out).toMatch(/^ +over 1,\d{3} s {2}AWS alone, its alarms watched while it deploys$/m);
    // The arm beside it is the rollback that was shown.
    expect(out).toMatch(/^ +188 s {2}Lastgood alone, as above$/m);
  });
});

test('npm start -- -v has every poll', () => {
  const { stdout } = inPipe('-v', '--fast');
  expect(stdout.match(/Settle +pending|Verify +pending/g)?.length).toBeGreaterThan(3);
});

test('npm start -- --slack shows what Slack would', () => {
  const { stdout, status } = inPipe('--slack', '--fast');
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/<[@!h]|\*\w|:[a-z_]+:|no reason was given/);
  expect(stdout).toMatch(/@ada +\/rollback ecs:prod\/checkout/);
  expect(stdout).toMatch(/│ \[ Approve \] {2}\[ Deny \]/);
});

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)('on a terminal of 100 columns it is coloured, and draws its line of traffic', () => {
  const command = `stty cols 100 rows 40; ${FAST}`;
  const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, TERM: 'xterm-256color' },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(status).toBe(0);
  expect(stdout).toContain('\u001b[31mare hurting');
  expect(stdout).toMatch(/users .*█/);
  expect(stdout).not.toContain('_aws');
});

test.skipIf(!hasScript)('a dumb terminal gets the plain lines', () => {
  const { stdout } = spawnSync('script', ['-qec', FAST, '/dev/null'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, TERM: 'dumb' },
  });
  expect(stdout).toContain('are hurting');
  expect(stdout).not.toMatch(ESCAPES);
});

test('an arm that AWS does not take back says so', async () => {
  const { badSeconds, takenBack } = await playArm('natives0', 1);
  expect(takenBack).toBe(false);
  expect(besideSays([{ says: 'AWS alone', run: { badSeconds, takenBack } }])[1]).toMatch(
    /over 1,\d{3} s {2}AWS alone/,
  );
});
