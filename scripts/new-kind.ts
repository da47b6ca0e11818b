import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ENDED_BADLY, WRONG_USE } from './command-line/status.ts';
import { layDown, problemWith } from './kinds/skeleton.ts';

/** Begins a kind of target: writes its files, its line in serverless.yml, and its place in the lists. */

const USAGE =
  'npm run new-kind -- NAME: lays down a kind of target whose contract suite fails until it is written. "npm run kinds -- --help" says what a kind provides.';

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
const [name, ...more] = positionals;
const root = process.cwd();
if (values.help) console.log(USAGE);
else if (name === undefined || more.length > 0) refuse(USAGE);
else begin(name);

function begin(kind: string): void {
  const problem = problemWith(root, kind);
  if (problem !== null) {
    refuse(problem);
    return;
  }
  for (const file of layDown(root, kind)) console.log(file);
  const { status } = spawnSync(process.execPath, ['scripts/run.cjs', 'scripts/kinds.ts'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = ENDED_BADLY;
  else console.log(`Write them until this passes: npm test -- test/contract/${kind}.test.ts`);
}

function refuse(why: string): void {
  console.error(why);
  process.exitCode = WRONG_USE;
}
