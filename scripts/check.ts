import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ENDED_BADLY, FINE } from './command-line/status.ts';

/** The checks of `npm run check`, in order: those that fail fastest come first. */
const CHECKS: readonly (readonly [what: string, command: string, ...args: string[]])[] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['kinds', 'node', 'scripts/run.cjs', 'scripts/kinds.ts', '--check'],
  ['layers', 'node', 'scripts/run.cjs', '--vitest', 'run', '--project', 'parts', 'test/layers.test.ts'],
  ['picture', 'node', 'scripts/run.cjs', 'scripts/graph.ts', '--check'],
  ['types', 'tsc', '--noEmit'],
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['state machine and wiring', 'node', 'scripts/run.cjs', '--vitest', 'run', 'test/wiring'],
];

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(
    `npm run check: ${CHECKS.map(([what]) => what).join(', ')}. Exit status 1 when one of them fails.`,
  );
} else {
  process.exitCode = CHECKS.map(passes).every(Boolean) ? FINE : ENDED_BADLY;
}

function passes([what, command, ...args]: (typeof CHECKS)[number]): boolean {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what}`);
  return status === 0;
}
