import '../scenarios/silence-logs.ts';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { playAll } from '../versus/crew.ts';
import { jobsOf, type Done } from '../versus/jobs.ts';
import { sumUp } from '../versus/medians.ts';
import { NAMES, readOptions, type Given, type VersusOptions } from '../versus/options.ts';
import { pictureOf } from '../versus/picture.ts';
import { tablesOf } from '../versus/table.ts';
import { prepare } from './prepare.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS_EVERY_MS = 5_000;

await runCommand(
  new Command('npm run versus --')
    .description(
      'Measures what Lastgood is worth beside what AWS offers, on the embedded AWS and in process. Plays bad releases in six ' +
        'arms with the same seeds, and counts good releases that are taken back. The result goes to standard output, the ' +
        'progress to standard error.',
    )
    .option('--seeds <first-last>', 'which seeds (default: 1-5)')
    .option('--stories <names>', `only these, separated by commas: ${NAMES.join(', ')}`)
    .option('--json', 'one JSON document instead of the tables')
    .option('--picture <file>', 'also write the bars of all stories and arms, as SVG')
    .option('--processes <number>', 'how many runs at once (default: one for each processor)')
    .action(run),
);

async function run({ json, ...given }: Given & { readonly json?: true }, command: Command): Promise<void> {
  const options = readOptions(given, availableParallelism());
  const problem = 'error' in options ? options.error : problemWith(options);
  if ('error' in options || problem !== null) command.error(`error: ${problem}`);
  await prepare({ quiet: true });
  const result = sumUp(options.names, await play(options));
  if (options.picture !== null) writeFileSync(options.picture, pictureOf(result));
  console.log(json ? JSON.stringify(result, null, 2) : tablesOf(result));
}

/** Returns the error, before minutes are spent, if the picture cannot be written. */
function problemWith({ picture }: VersusOptions): string | null {
  if (picture === null) return null;
  try {
    accessSync(path.dirname(picture), constants.W_OK);
    return null;
  } catch {
    return `--picture: the folder of ${JSON.stringify(picture)} cannot be written`;
  }
}

/** Plays every run, and prints the progress every few seconds. */
async function play({ names, seeds, processes }: VersusOptions): Promise<readonly Done[]> {
  const jobs = jobsOf(names, seeds);
  const done: Done[] = [];
  const begun = performance.now();
  let shown = begun;
  const show = (now: number): void => {
    const left = Math.ceil((((now - begun) / done.length) * (jobs.length - done.length)) / 1000);
    console.error(`${done.length} of ${jobs.length} runs, about ${left} s left`);
    shown = now;
  };
  await playAll(jobs, processes, (one) => {
    done.push(one);
    const now = performance.now();
    if (now - shown > PROGRESS_EVERY_MS || done.length === jobs.length) show(now);
  });
  return done;
}
