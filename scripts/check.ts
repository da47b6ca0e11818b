import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { ENDED_BADLY, FINE } from './command-line/status.ts';

type Check = readonly [what: string, command: string, ...args: readonly string[]];

const CACHES = '.build/caches';

/** The checks of `npm run check`, the longest first. As many run at once as there are cores. */
const CHECKS: readonly Check[] = [
  ['lint', 'eslint', '.', '--max-warnings', '0', ...cached('eslint')],
  ['types', 'tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', `${CACHES}/types`],
  ['state machine and wiring', 'node', 'scripts/run.cjs', '--vitest', 'run', 'test/wiring'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.', ...cached('prettier')],
  ['layers', 'node', 'scripts/run.cjs', '--vitest', 'run', '--project', 'parts', 'test/layers.test.ts'],
  ['kinds', 'node', 'scripts/run.cjs', 'scripts/kinds.ts', '--check'],
  ['models', 'node', 'scripts/run.cjs', 'embedded-aws/models/models.ts', '--check'],
  ['picture', 'node', 'scripts/run.cjs', 'scripts/graph.ts', '--check'],
];

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(
    `npm run check: ${CHECKS.map(([what]) => what).join(', ')}. Exit status 1 when one of them fails.
A file that has not changed since is neither linted nor formatted again: remove ${CACHES} to begin anew.`,
  );
} else {
  process.exitCode = (await allPass(CHECKS)) ? FINE : ENDED_BADLY;
}

/** Returns options for a cache by content. A checkout changes the time of every file. */
function cached(tool: string): readonly string[] {
  return ['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHES}/${tool}`];
}

async function allPass(checks: readonly Check[]): Promise<boolean> {
  const waiting = [...checks];
  const passed: boolean[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      passed.push(await passes(next));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return passed.every(Boolean);
}

/** Runs a check, and prints its output when it has ended, so that the lines of two never mix. */
async function passes([what, command, ...args]: Check): Promise<boolean> {
  const startedAt = Date.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<boolean>((resolve) =>
    child.once('error', () => resolve(false)).once('close', (status) => resolve(status === 0)),
  );
  const [stdout, stderr, isFine] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (!isFine) console.error(stdout + stderr);
  console.log(`${isFine ? 'ok    ' : 'FAILED'} ${what}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return isFine;
}
