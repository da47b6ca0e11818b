import { CANNOT_SAY } from '../command-line/status.ts';
import { runVerb } from './program.ts';
import { VERBS } from './verbs.ts';

/** A reader of a pipe may close it early (`| head -1`). */
process.stdout.on('error', () => process.exit());

try {
  process.exitCode = await runVerb(VERBS, process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = CANNOT_SAY;
}
