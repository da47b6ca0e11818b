import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Noticed, Plant } from './plant.ts';

/** Runs the tests that a change of the file may fail, the nearest first, until one fails. */
export function testsIn(folder: string, plant: Plant): Noticed {
  for (const which of testsOf(folder, plant)) {
    const failed = firstFailure(folder, which);
    if (failed !== null) return { by: 'tests', failed };
  }
  return { by: 'nothing' };
}

/** Returns the arguments of each run of vitest. */
function testsOf(folder: string, { file, kinds }: Plant): readonly (readonly string[])[] {
  const contracts = kinds.map((kind) => `test/contract/${kind}`);
  if (!file.endsWith('.ts'))
    return [
      ['run', 'test/wiring', 'test/paths'],
      ['run', ...contracts, 'test/e2e'],
    ];
  const own = path.join('test', path.dirname(file), path.basename(file, '.ts'));
  const isMechanism = file.startsWith('functions/mechanisms/');
  const layer = path.join('test', ...file.split('/').slice(0, isMechanism ? 3 : 2));
  const near = [
    ...(existsSync(path.join(folder, layer)) ? [`${layer}/`] : []),
    ...(isMechanism ? contracts : []),
  ];
  return [
    ...(existsSync(path.join(folder, `${own}.test.ts`)) ? [['run', own]] : []),
    ...(near.length === 0 ? [] : [['run', ...near]]),
    ['related', '--run', file],
  ];
}

/** Returns the name of the first test that fails. Null: none does. */
function firstFailure(folder: string, which: readonly string[]): string | null {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/run.cjs', '--vitest', ...which, '--bail', '1', '--reporter', 'dot'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } },
  );
  // A test that ends late on a busy machine notices nothing.
  const says = stripVTControlCharacters(stdout + stderr);
  if (status === 0 || /(?:Test|Hook) timed out in \d+ms/.test(says)) return null;
  const [, failed = 'a test'] = /FAIL\s+(.+)/.exec(says) ?? [];
  return failed.trim();
}
