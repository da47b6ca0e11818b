import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

function run(script: string, ...args: readonly string[]) {
  const command = ['scripts/run.cjs', `scripts/${script}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const SCRIPTS = ['package', 'deploy', 'remove', 'deployer-policy', 'build', 'check', 'graph', 'kinds'];

test.each([
  ...SCRIPTS.map((script) => [script, '--stag', "Unknown option '--stag'"] as const),
  ['package', 'prod', "Unexpected argument 'prod'"] as const,
])('scripts/%s.ts prints in one line what is wrong with %s', (script, arg, problem) => {
  const { status, stdout, stderr } = run(script, arg);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${script}: ${problem}`);
  expect(stderr).toContain('--help');
  expect(stderr).not.toContain(' at ');
});

test.each([
  ['package', '-h'],
  ['package', '--help'],
  ['deploy', '--help'],
  ['remove', '--help'],
  ['deployer-policy', '--help'],
])('npm run %s answers %s', (script, help) => {
  const { status, stdout } = run(script, help);
  expect(status).toBe(0);
  expect(stdout).toContain('--stage STAGE');
});

test('npm run deployer-policy refuses to check the policy of one stage', () => {
  const { status, stdout, stderr } = run('deployer-policy', '--check', '--stage', 'prod');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('deployer-policy: give --check or --stage: the file is of all stages\n');
});

test.each(['package', 'deploy', 'remove', 'deployer-policy'])(
  'npm run %s refuses a stage in one line before it does anything',
  (script) => {
    const { status, stdout, stderr } = run(script, '--stage', 'pro d');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`${script}: --stage "pro d" must be letters and digits, and hyphens between them\n`);
  },
);

test.each(['deploy', 'remove'])('npm run %s says in one line that there are no credentials', (script) => {
  const command = ['scripts/run.cjs', `scripts/${script}.ts`];
  const HOME = '/nowhere';
  const env = { PATH: process.env['PATH'], HOME, AWS_EC2_METADATA_DISABLED: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env });
  expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
  expect(stderr).toBe(
    `${script}: there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret\n`,
  );
});

describe.each(['scenario', 'seeds', 'bench', 'serve', 'start'])('local/cli/%s.ts', (command) => {
  const played = (...args: readonly string[]) => {
    const run = ['scripts/run.cjs', `local/cli/${command}.ts`, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('ends with 2 if an option is wrong, and suggests another', () => {
    const { status, stdout, stderr } = played('--hlp');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe("error: unknown option '--hlp'\n(Did you mean --help?)\n");
  });

  test('ends with 0 after its help', () => {
    expect(played('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});

test.each([
  [
    'scenario',
    ['ecs-errors-after-completio'],
    /no scenario is named .*\n\(Did you mean ecs-errors-after-completion\?\)/,
  ],
  ['scenario', [], /name a scenario/],
  ['scenario', ['ecs-no-deployment-near', '--seed', 'x'], /must be a whole number/],
  ['seeds', ['nothing-begins-so'], /no scenario's name begins with/],
  ['seeds', ['--seeds', '3-1'], /must be a seed/],
  ['seeds', ['--both', '--fast'], /'--both' cannot be used with option '--fast'/],
  ['seeds', ['--interleaved', '--both'], /'--both' cannot be used with option '--interleaved'/],
  ['bench', ['--only', 'nothing-begins-so'], /no scenario's name begins with/],
  ['serve', ['--port', '70000'], /must be a number from 0 to 65535/],
])('%s ends with 2 for %j', (command, args, problem) => {
  const run = ['scripts/run.cjs', `local/cli/${command}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(problem);
});
