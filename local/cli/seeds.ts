import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { scenarios } from '../scenarios/all.ts';
import { playAll, type Play, type Played } from '../scenarios/players.ts';
import { prepare } from './prepare.ts';

interface Options {
  readonly seeds?: readonly number[];
  readonly processes: number;
  readonly fast?: boolean;
  readonly interleaved?: boolean;
  readonly both?: boolean;
}

/** Plays between two lines of progress. */
const STEP = 50;

await runCommand(
  new Command('npm run seeds --')
    .description(
      'Plays scenarios with many seeds, on every core. Prints each play that did not end as it must, and how to repeat it. ' +
        'Exit status 0 if all did, 1 if not, 2 where the command line is wrong.',
    )
    .argument('[prefix...]', 'only scenarios whose names begin so; without, every one')
    .option('--seeds <first-last>', 'which seeds (default: 1-20)', seedsOf)
    .option('--fast', 'call the functions in process, without bundles, threads and HTTP')
    .option('--interleaved', 'as --fast, with invocations side by side: each AWS call lets others run')
    .addOption(
      new Option('--both', 'play each with bundles and in process, and fail where they differ').conflicts([
        'fast',
        'interleaved',
      ]),
    )
    .option('--processes <number>', 'how many plays at once', atLeastOne, availableParallelism())
    .action(run),
);

async function run(
  prefixes: readonly string[],
  { seeds = seedsOf('1-20'), processes, ...how }: Options,
  command: Command,
): Promise<void> {
  const lost = prefixes.find((prefix) => !scenarios.some(({ name }) => name.startsWith(prefix)));
  if (lost !== undefined) command.error(`error: no scenario's name begins with ${JSON.stringify(lost)}`);
  await prepare({ quiet: false });
  const plays = seeds.flatMap((seed) => namesOf(prefixes).map((name) => ({ name, seed, ...how })));
  const failed = await playAndReport(plays, processes);
  console.log(`${plays.length} played, ${failed} did not end as they must.`);
  process.exitCode = failed === 0 ? FINE : ENDED_BADLY;
}

function namesOf(prefixes: readonly string[]): readonly string[] {
  const names = scenarios.map(({ name }) => name);
  if (prefixes.length === 0) return names;
  return names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}

/** Prints each failure at once, and the progress every so many plays. Returns the number of failures. */
async function playAndReport(plays: readonly Play[], count: number): Promise<number> {
  const begun = performance.now();
  let done = 0;
  let failed = 0;
  const onPlayed = (played: Played): void => {
    done++;
    if (played.problems.length > 0) {
      failed++;
      printFailure(played);
    }
    if (done % STEP === 0) printProgress(done, plays.length, failed, performance.now() - begun);
  };
  await playAll(plays, { count, onPlayed });
  return failed;
}

function printFailure({ name, seed, problems, fast, interleaved }: Played): void {
  const flag = interleaved ? ' --interleaved' : fast ? ' --fast' : '';
  console.log(`FAILED  npm run -s scenario -- ${name} --seed ${seed}${flag}`);
  for (const problem of problems) console.log(`  ${problem}`);
}

function printProgress(done: number, all: number, failed: number, elapsedMs: number): void {
  const minutesLeft = Math.ceil(((elapsedMs / done) * (all - done)) / 60_000);
  console.log(`${done} of ${all} played, ${failed} failed, about ${minutesLeft} min left`);
}

function seedsOf(text: string): readonly number[] {
  const [, first = '', last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || count < 1)
    throw new InvalidArgumentError('must be a seed, or the first and the last, as in 1-20.');
  return Array.from({ length: count }, (_, index) => Number(first) + index);
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 1 to 999.');
  return Number(text);
}
