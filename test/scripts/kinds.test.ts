import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SCRIPT = path.resolve('scripts/kinds.ts');
let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kinds-'));
  for (const folder of ['src/targets', 'functions/sweep', 'functions/on-hint'])
    mkdirSync(path.join(root, folder), { recursive: true });
  cpSync('.prettierrc.json', path.join(root, '.prettierrc.json'));
  for (const name of ['ecs', 'app-config', 'unfinished'])
    mkdirSync(path.join(root, 'functions/mechanisms', name), { recursive: true });
  for (const name of ['ecs', 'app-config'])
    writeFileSync(path.join(root, 'functions/mechanisms', name, 'target.ts'), '');
});
afterEach(() => rmSync(root, { recursive: true }));

const kinds = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...args], { cwd: root, encoding: 'utf8' });

test('lists the mechanisms that have a target.ts', () => {
  expect(kinds()).toMatchObject({ status: 0, stderr: '' });
  const written = readFileSync(path.join(root, 'src/targets/kinds.ts'), 'utf8');
  expect(written).toContain(
    "import { kind as appConfig } from '../../functions/mechanisms/app-config/target.ts';",
  );
  expect(written).toContain('export const kinds: readonly Kind[] = [appConfig, ecs];');
});

test('lists the mechanisms that the sweep can ask', () => {
  writeFileSync(path.join(root, 'functions/mechanisms/ecs/swept.ts'), '');
  kinds();
  const written = readFileSync(path.join(root, 'functions/sweep/kinds.ts'), 'utf8');
  expect(written).toContain("import { createSweptKind as ecs } from '../mechanisms/ecs/swept.ts';");
  expect(written).not.toContain('appConfig');
});

test('lists the mechanisms that on-hint can ask', () => {
  writeFileSync(path.join(root, 'functions/mechanisms/app-config/stalled.ts'), '');
  kinds();
  const written = readFileSync(path.join(root, 'functions/on-hint/kinds.ts'), 'utf8');
  expect(written).toContain(
    "import { createStalledKind as appConfig } from '../mechanisms/app-config/stalled.ts';",
  );
  expect(written).not.toContain('ecs');
});

test('says when the list is out of date', () => {
  expect(kinds('--check')).toMatchObject({
    status: 1,
    stderr:
      'src/targets/kinds.ts is out of date: run "npm run kinds".\n' +
      'functions/sweep/kinds.ts is out of date: run "npm run kinds".\n' +
      'functions/on-hint/kinds.ts is out of date: run "npm run kinds".\n',
  });
  kinds();
  expect(kinds('--check')).toMatchObject({ status: 0, stderr: '' });
  rmSync(path.join(root, 'functions/mechanisms/app-config'), { recursive: true });
  expect(kinds('--check').status).toBe(1);
});
