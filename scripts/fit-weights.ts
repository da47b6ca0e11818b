import { writeFileSync } from 'node:fs';
import { FINE, WRONG_USE } from './command-line/status.ts';
import { fit, moduleOf } from './judge/fit.ts';
import { Unreadable } from './judge/incident.ts';
import { readIncidents } from './judge/read.ts';

const USAGE = `Usage: npm run fit-weights -- FILE…

Fits src/rollback/clues/weights.ts to incidents with their truth. Exit status 2 where the command line is wrong or a FILE cannot
be read.`;

process.exitCode = main(process.argv.slice(2));

function main(files: readonly string[]): number {
  if (files.length === 0 || files.includes('--help')) {
    console.log(USAGE);
    return files.length === 0 ? WRONG_USE : FINE;
  }
  try {
    const target = new URL('../src/rollback/clues/weights.ts', import.meta.url);
    writeFileSync(target, moduleOf(fit(files.flatMap(readIncidents))));
    return FINE;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    console.error(`fit-weights: ${error.message}`);
    return WRONG_USE;
  }
}
