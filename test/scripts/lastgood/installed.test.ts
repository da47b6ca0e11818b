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
  expect(stdout).toMatch(/^Usage: npx lastgood check/);
});

test('says unknown, and why, to what it cannot read', () => {
  expect(lastgood('check', 'ecs:prod/checkout')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('check takes a TARGET and a REVISION') as string,
  });
});
