import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { kindsIn, lackingIn, PARTS } from '../../scripts/kinds/parts.ts';

const SCRIPT = path.resolve('scripts/kinds.ts');
let root = '';

const file = (name: string) => path.join(root, name);
const read = (name: string) => readFileSync(file(name), 'utf8');
function put(name: string, text = ''): void {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kinds-'));
  for (const folder of [
    'src/targets',
    'functions/sweep',
    'functions/on-hint',
    'functions/evidence/trail',
    'src/readiness',
    'src/ledger/spellings',
    'src/quotas',
    'local/campaign',
    'functions/mechanisms/unfinished',
  ])
    mkdirSync(file(folder), { recursive: true });
  cpSync('.prettierrc.json', file('.prettierrc.json'));
  for (const name of ['ecs', 'app-config']) {
    put(`functions/mechanisms/${name}/mechanism.ts`);
    put(`src/targets/kinds/${name}/target.ts`);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const kinds = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...args], { cwd: root, encoding: 'utf8' });

describe('npm run kinds', () => {
  it('lists the kinds that have a target.ts', () => {
    expect(kinds()).toMatchObject({ status: 0, stderr: '' });
    const written = read('src/targets/kinds.ts');
    expect(written).toContain("import { kind as appConfig } from './kinds/app-config/target.ts';");
    expect(written).toContain('export const kinds: readonly Kind[] = [appConfig, ecs];');
  });

  it('lists the kinds that the sweep can ask', () => {
    put('functions/mechanisms/ecs/reconcile.ts');
    kinds();
    const written = read('functions/sweep/kinds.ts');
    expect(written).toContain("import { createReconciler as ecs } from '../mechanisms/ecs/reconcile.ts';");
    expect(written).not.toContain('appConfig');
  });

  it('lists the kinds that on-hint can ask', () => {
    put('functions/mechanisms/app-config/stalled.ts');
    kinds();
    const written = read('functions/on-hint/kinds.ts');
    expect(written).toContain(
      "import { createStalledKind as appConfig } from '../mechanisms/app-config/stalled.ts';",
    );
    expect(written).not.toContain('ecs');
  });

  it('lists the kinds whose deploying calls CloudTrail shows', () => {
    put('src/targets/kinds/app-config/deploy-call.ts');
    kinds();
    const written = read('functions/evidence/trail/kinds.ts');
    expect(written).toContain(
      "import { deployCall as appConfig } from '../../../src/targets/kinds/app-config/deploy-call.ts';",
    );
    expect(written).not.toContain('ecs');
  });

  it('lists what the kinds know of revisions, quotas and readiness', () => {
    for (const folder of ['src/quotas/kinds', 'src/ledger/spellings/kinds', 'src/readiness/ids'])
      put(`${folder}/app-config.ts`);
    kinds();
    expect(read('src/quotas/kinds.ts')).toContain('export const kinds = [appConfig] as const;');
    expect(read('src/ledger/spellings/kinds.ts')).toContain("'app-config': appConfig");
    expect(read('src/readiness/ids.ts')).toContain("'app-config': APP_CONFIG");
  });

  it('prints with --check which list is out of date, and the missing parts of a kind', () => {
    kinds();
    const lists = (): string => kinds('--check').stderr.replaceAll(/^.* lacks .*\n/gm, '');
    expect(lists()).toBe('');
    rmSync(file('functions/mechanisms/app-config'), { recursive: true });
    expect(lists()).toBe('src/targets/kinds.ts is out of date: run "npm run kinds".\n');
    expect(kinds('--check')).toMatchObject({ status: 1 });
    expect(kinds('--check').stderr).toMatch(
      /^unfinished lacks src\/targets\/kinds\/unfinished\/target\.ts: /m,
    );
  });
});

describe('a missing part of a kind', () => {
  /** Every required and optional part of a kind. */
  function complete(): void {
    for (const part of PARTS) put(part.file.replace('{,-*}', '').replaceAll('KIND', 'ecs'));
    put('serverless.yml', 'functions:\n  - ${file(functions/mechanisms/ecs/function.yml)}\n');
  }

  it('is not reported if the kind is complete', () => {
    complete();
    expect(lackingIn(root, 'ecs')).toEqual([]);
  });

  /** A part that is alone in its group may always be left out. */
  const isNeeded = ({ group }: (typeof PARTS)[number]) =>
    group === undefined || PARTS.filter((part) => part.group === group).length > 1;

  it.each(PARTS.filter(isNeeded).map((part) => [part.file] as const))('is reported: %s', (part) => {
    complete();
    rmSync(file(part.replace('{,-*}', '').replaceAll('KIND', 'ecs')));
    expect(lackingIn(root, 'ecs')).toEqual([expect.stringContaining(part.replaceAll('KIND', 'ecs'))]);
  });

  it('is reported: the line in serverless.yml', () => {
    complete();
    put('serverless.yml', 'functions:\n  - ${file(functions/mechanisms/elb/function.yml)}\n');
    expect(lackingIn(root, 'ecs')).toEqual(['ecs lacks its line in serverless.yml']);
  });

  it('does not belong to an optional group that the kind leaves out', () => {
    complete();
    for (const { file: name, group } of PARTS)
      if (group === 'hints') rmSync(file(name.replaceAll('KIND', 'ecs')));
    expect(lackingIn(root, 'ecs')).toEqual([]);
  });
});

test('every kind is complete', () => {
  const here = process.cwd();
  expect(kindsIn(here).length).toBeGreaterThan(5);
  expect(kindsIn(here).flatMap((kind) => lackingIn(here, kind))).toEqual([]);
});
