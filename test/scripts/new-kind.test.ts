import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lackingIn } from '../../scripts/kinds/parts.ts';

/** The files of the project that `npm run new-kind` and a contract suite need. */
const COPIED = [
  '.prettierrc.json',
  'package.json',
  'vitest.config.ts',
  'serverless.yml',
  'scripts',
  'src',
  'functions',
  'local/campaign',
];

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'new-kind-'));
  for (const name of [...COPIED, 'test/contract']) cpSync(name, path.join(root, name), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
});
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.cjs', ...args], { cwd: root, encoding: 'utf8' });
const newKind = (...args: string[]) => run('scripts/new-kind.ts', ...args);
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

describe('npm run new-kind', () => {
  it.each([[], ['Has Spaces'], ['1st'], ['ecs'], ['one', 'two']])('refuses %j', (...args) => {
    const before = read('serverless.yml');
    expect(newKind(...args)).toMatchObject({ status: 2, stdout: '' });
    expect(read('serverless.yml')).toBe(before);
  });

  it('writes a kind that is complete', () => {
    expect(lackingIn(root, 'app-config')).not.toEqual([]);
    expect(newKind('app-config')).toMatchObject({ status: 0, stderr: '' });
    expect(lackingIn(root, 'app-config')).toEqual([]);
    expect(run('scripts/kinds.ts', '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('sorts it by name in serverless.yml and in the lists', () => {
    const lines = read('serverless.yml').split('\n');
    const at = lines.indexOf('  - ${file(functions/mechanisms/app-config/function.yml)}');
    expect(lines[at + 1]).toContain('functions/mechanisms/appconfig/function.yml');
    expect(read('src/targets/kinds.ts')).toMatch(/appConfig,\s+appconfig,/);
    expect(read('functions/sweep/kinds.ts')).toContain("'app-config': appConfig");
  });

  it('replaces every placeholder of the skeleton', () => {
    const file = read('functions/mechanisms/app-config/plan.ts');
    expect(file).toContain("from '../../../src/rollback/mechanism.ts'");
    for (const name of ['plan.ts', 'function.yml', 'reconcile.ts'])
      expect(read(`functions/mechanisms/app-config/${name}`)).not.toMatch(/KIND|skeleton/);
    expect(existsSync(path.join(root, 'functions/mechanisms/KIND'))).toBe(false);
  });

  it('refuses every name of a target yet, and breaks no event of the other kinds', async () => {
    const { problemOfTarget } = (await import(
      path.join(root, 'src/targets/target.ts')
    )) as typeof import('../../src/targets/target.ts');
    expect(problemOfTarget('app-config:shop')).toBe('"shop" cannot be a app-config target yet');
    expect(problemOfTarget('ecs:prod/checkout')).toBeNull();
  });

  it('fails its contract suite until it is written', () => {
    const { status, stdout } = run(
      '--vitest',
      'run',
      '--reporter',
      'json',
      'test/contract/app-config.test.ts',
    );
    const { numTotalTests, numFailedTests } = JSON.parse(stdout) as Record<string, number>;
    expect(status).not.toBe(0);
    expect(numTotalTests).toBeGreaterThan(20);
    expect(numFailedTests).toBe(numTotalTests);
    expect(stdout).toContain('app-config: the target with a bad revision in flight is not written yet');
  });

  it('refuses to begin the same kind again', () => {
    expect(newKind('app-config')).toMatchObject({
      status: 2,
      stderr: 'functions/mechanisms/app-config is there already\n',
    });
  });
});
