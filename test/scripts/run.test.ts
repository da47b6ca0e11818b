import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

function run(script: string, ...args: readonly string[]) {
  const command = ['scripts/run.cjs', `scripts/${script}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.each(['package', 'build', 'check', 'graph', 'kinds'])('scripts/%s.ts', (script) => {
  test.each([
    ['--stag', "Unknown option '--stag'"],
    ['prod', "Unexpected argument 'prod'"],
  ])('says in a line what is wrong with %s', (arg, problem) => {
    const { status, stdout, stderr } = run(script, arg);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${script}: ${problem}`);
    expect(stderr).toContain('--help');
    expect(stderr).not.toContain(' at ');
  });
});

describe.each([['package'], ['package', '--deploy']])('npm run %s %s', (script, ...args) => {
  test.each(['--help', '-h'])('answers %s', (help) => {
    const { status, stdout } = run(script, ...args, help);
    expect(status).toBe(0);
    expect(stdout).toContain('--stage STAGE');
  });
});
