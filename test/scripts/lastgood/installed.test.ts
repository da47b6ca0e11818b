import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from '../../../scripts/command.ts';

/** A project into which the package was installed, as npm does it: unpacked below node_modules. */
let project = '';
let installed = '';

beforeAll(async () => {
  await bundleCommand();
  project = mkdtempSync(path.join(tmpdir(), 'pipeline-'));
  installed = path.join(project, 'node_modules/lastgood');
  mkdirSync(installed, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', project];
  const tarball = execFileSync('npm', pack, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  execFileSync('tar', ['xzf', path.join(project, tarball), '-C', installed, '--strip-components=1']);
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
  expect(stdout).toMatch(/^Usage: npx lastgood VERB/);
});

test.each(['check', 'incident'])('lists the verb %s, which says what it takes', (verb) => {
  expect(lastgood('-h').stdout).toMatch(new RegExp(`^  ${verb} .+\\.$`, 'm'));
  const { status, stdout, stderr } = lastgood(verb, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: npx lastgood ${verb} `));
});

test.each([
  [[], 'a verb is missing'],
  [['deploy'], 'there is no verb "deploy"'],
  [['constructor'], 'there is no verb "constructor"'],
])('does not take %j for a verb', (args, problem) => {
  const { status, stdout, stderr } = lastgood(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`lastgood: ${problem}\n`);
});

test('says unknown, and why, to what it cannot read', () => {
  expect(lastgood('check', 'ecs:prod/checkout')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('check takes a TARGET and a REVISION') as string,
  });
});

test('says in one line why an incident is not written', () => {
  expect(lastgood('incident')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^lastgood: incident takes one EXECUTION.*\n$/) as string,
  });
  const unasked = lastgood('incident', 'ecs-prod-checkout-1', '--region', 'eu-west-1');
  expect(unasked).toMatchObject({ status: 2, stdout: '' });
  expect(unasked.stderr).toMatch(/^lastgood: ecs-prod-checkout-1: .*[Cc]redential.*\n$/);
});
