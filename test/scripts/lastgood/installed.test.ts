import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from '../../../scripts/command.ts';
import { VERBS } from '../../../scripts/lastgood/verbs.ts';

/** A project with the package installed as npm does it: unpacked below node_modules. */
let project = '';
let installed = '';
let usage = '';

beforeAll(async () => {
  await bundleCommand();
  project = mkdtempSync(path.join(tmpdir(), 'pipeline-'));
  installed = path.join(project, 'node_modules/@lastgood/lastgood');
  mkdirSync(installed, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', project];
  const tarball = execFileSync('npm', pack, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  execFileSync('tar', ['xzf', path.join(project, tarball), '-C', installed, '--strip-components=1']);
  usage = lastgood('-h').stdout;
}, 30_000);
afterAll(() => rmSync(project, { recursive: true }));

function lastgood(...args: string[]) {
  const { bin } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
    readonly bin: { readonly lastgood: string };
  };
  const command = path.join(installed, bin.lastgood);
  return spawnSync(process.execPath, [command, ...args], { cwd: project, encoding: 'utf8', env: {} });
}

test('runs from below node_modules', () => {
  const { status, stdout, stderr } = lastgood('--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: npx --no-install lastgood VERB/);
});

test('has no dependencies', () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as object;
  for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies'])
    expect(manifest).not.toHaveProperty(field);
});

test('prints its version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  expect(lastgood('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
});

test.each(Object.keys(VERBS))('lists the verb %s, whose help has its arguments and exit statuses', (verb) => {
  expect(usage).toMatch(new RegExp(`^  ${verb} .+`, 'm'));
  const { status, stdout, stderr } = lastgood(verb, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: npx --no-install lastgood ${verb} `));
  for (const [code, meaning] of [
    [0, ''],
    [2, 'wrong use'],
    [4, 'cannot say'],
  ] as const)
    expect(stdout).toMatch(new RegExp(`^  ${code}  ${meaning}`, 'm'));
});

test.each([
  [[], 'Usage: npx --no-install lastgood VERB'],
  [['deploy'], "lastgood: unknown command 'deploy'\n"],
  [['chek'], '(Did you mean check?)'],
  [['check', 'ecs:prod/checkout', 'checkout:1', '--jsn'], '(Did you mean --json?)'],
  [['constructor'], "lastgood: unknown command 'constructor'\n"],
  [['check', 'ecs:prod/checkout'], "lastgood: check: missing required argument 'REVISION'\n"],
  [['check', 'checkout', 'checkout:1'], 'lastgood: checkout: TARGET "checkout" must begin with a kind'],
  [['incident'], "lastgood: incident: missing required argument 'EXECUTION'\n"],
])('refuses %j', (args, problem) => {
  const { status, stdout, stderr } = lastgood(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(problem);
});

test.each([
  ['check', 'ecs:prod/checkout', 'checkout:1'],
  ['incident', 'ecs-prod-checkout-1'],
])('cannot answer without credentials, and says why in one line: %s', (...args) => {
  const { status, stdout, stderr } = lastgood(...args, '--region', 'eu-west-1');
  expect([status, stdout]).toEqual([4, '']);
  expect(stderr).toMatch(/^lastgood: [^ ]+: .*[Cc]redential.*\n$/);
});

test.each(['bash', 'zsh', 'fish'])('completes its own verbs and options in %s', (shell) => {
  const { status, stdout } = lastgood('completion', shell);
  expect(status).toBe(0);
  for (const word of [...Object.keys(VERBS), 'because', 'endpoint', 'detach']) expect(stdout).toContain(word);
});

test('refuses to complete in an unknown shell', () => {
  const { status, stdout, stderr } = lastgood('completion', 'tcsh');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('lastgood: tcsh: SHELL must be one of bash, zsh, fish');
});
