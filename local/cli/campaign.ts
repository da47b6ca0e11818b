import '../scenarios/silence-logs.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { footerOf } from '../../scripts/terminal/footer.ts';
import {
  runCampaign,
  type Counts,
  type Progress,
  type Result,
  type Violation,
} from '../campaign/campaign.ts';
import { GROUNDS } from '../campaign/grounds.ts';
import { playStory } from '../campaign/play.ts';
import { PLANTS } from '../campaign/planted/all.ts';
import type { Story } from '../campaign/story.ts';
import { shown } from '../campaign/shown.ts';
import { read, storyIn } from '../campaign/written.ts';
import { printPlanted } from './planted.ts';
import { prepare } from './prepare.ts';

interface Options {
  readonly plays?: number;
  readonly seed: number;
  readonly minutes?: number;
  readonly kind: readonly string[];
  readonly processes: number;
  readonly shrink: number;
  readonly json?: true;
  readonly replay?: string;
  readonly story?: string;
  readonly keep?: string;
  readonly planted?: true;
  readonly plant: readonly string[];
  readonly tests: boolean;
}

const KEPT = path.resolve(import.meta.dirname, '../campaign/kept');
const PLAYS = 1_000;

await runCommand(
  new Command('npm run campaign --')
    .description(
      'Plays generated stories, with generated faults, and judges each by every invariant: see docs/campaign.md. ' +
        'Exit status 0 without violations, 1 with one, 2 where the command line is wrong.',
    )
    .option('--plays <number>', `how many stories (default: ${PLAYS}, or as many as --minutes allow)`, whole)
    .addOption(
      new Option('--seed <number>', 'of the campaign: the same seed, the same stories')
        .argParser(whole)
        .default(today(), "today's date"),
    )
    .option('--minutes <number>', 'real minutes after which no further story begins', positive)
    .addOption(new Option('--kind <kinds...>', 'only targets of these kinds').default([], 'all'))
    .option('--processes <number>', 'how many at once', countOf, availableParallelism())
    .option('--shrink <seconds>', 'real seconds to spend on the shortest form of a failing story', whole, 60)
    .addOption(
      new Option(
        '--planted',
        'plant faults in a copy of the product, one at a time, and say what notices them',
      ).conflicts(['minutes', 'kind', 'shrink', 'replay', 'story']),
    )
    .addOption(new Option('--plant <names...>', 'with --planted: only these').default([], 'all'))
    .option('--no-tests', 'with --planted: leave out the tests where the campaign notices nothing')
    .addOption(
      new Option('--json', 'one JSON document instead of progress and tables').conflicts(['replay', 'story']),
    )
    .addOption(
      new Option(
        '--replay <word>',
        'play the story of a printed command again, and show what happens in it',
      ).conflicts('story'),
    )
    .option('--story <file>', 'play a story that was kept, and show what happens in it')
    .option('--keep <name>', 'with --replay: keep the story, so that the suite plays it from now on')
    .action(run),
);

async function run(options: Options, command: Command): Promise<void> {
  const { kind, json = false, replay, keep } = options;
  const known = new Set(GROUNDS.map((ground) => ground.kind));
  const unknown = kind.find((one) => !known.has(one));
  if (unknown !== undefined)
    command.error(`error: no kind is named ${JSON.stringify(unknown)}; there are ${[...known].join(', ')}`);
  const lost = options.plant.find((name) => !PLANTS.some((plant) => plant.name === name));
  if (lost !== undefined) command.error(`error: no plant is named ${JSON.stringify(lost)}`);
  if (options.plant.length > 0 && !options.planted) command.error('error: --plant needs --planted');
  if (!options.tests && !options.planted) command.error('error: --no-tests needs --planted');
  if (options.plays === 0 && !options.planted) command.error('error: --plays 0 plays nothing');
  if (keep !== undefined) {
    const problem = problemOfKeeping(keep, replay);
    if (problem !== null) command.error(`error: ${problem}`);
  }
  const given = storyGiven(options, command);
  await prepare({ quiet: json });
  if (given !== null) return again(given, keep);
  if (options.planted) return printPlanted(options);
  await play(options);
}

/** Returns the story of the command line, or null without one. Ends the command where it is none. */
function storyGiven({ replay, story }: Options, command: Command): Story | null {
  try {
    if (replay !== undefined) return read(replay);
    return story === undefined ? null : storyIn(readFileSync(story, 'utf8'));
  } catch (error) {
    const option = replay === undefined ? '--story' : '--replay';
    return command.error(`error: ${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function problemOfKeeping(name: string, replay: string | undefined): string | null {
  if (replay === undefined) return '--keep needs --replay';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return '--keep takes a name such as fix-that-is-slow';
  return existsSync(keptAs(name)) ? `a story is kept as ${JSON.stringify(name)} already` : null;
}

function keptAs(name: string): string {
  return path.join(KEPT, `${name}.json`);
}

async function again(story: Story, keep?: string): Promise<void> {
  const { breaches } = await playStory(story, (night) => console.log(shown(night)));
  for (const { invariant, saw } of breaches) console.log(`BROKEN  ${invariant}: ${saw}`);
  if (breaches.length === 0) console.log('No invariant is broken.');
  if (keep !== undefined) {
    const file = keptAs(keep);
    writeFileSync(file, `${JSON.stringify(story, null, 2)}\n`);
    console.log(`Kept as ${path.relative(process.cwd(), file)}.`);
  }
  process.exitCode = breaches.length === 0 ? FINE : ENDED_BADLY;
}

async function play({ plays, seed, minutes, kind, processes, shrink, json }: Options): Promise<void> {
  const footer = json === true ? null : footerOf(process.stdout);
  if (json !== true) console.log(`The seed is ${seed}.`);
  const printNow = (lines: readonly string[]) => {
    if (footer !== null) footer.print(lines);
    else console.error(lines.join('\n'));
  };
  const result = await runCampaign({
    plays: plays ?? (minutes === undefined ? PLAYS : Infinity),
    ...{ seed, minutes: minutes ?? Infinity, kinds: kind, processes, shrinkMs: shrink * 1000 },
    onProgress: (progress) => footer?.show(() => wordsOf(progress)),
    onViolation: (violation) => printNow(linesOf(violation)),
    interrupted: interruption(() =>
      printNow(['Interrupted: the stories that have begun are played to their end. Again: at once.']),
    ),
  });
  footer?.end();
  if (json) console.log(JSON.stringify(result, null, 2));
  else print(result);
  process.exitCode = result.violations.length === 0 ? FINE : ENDED_BADLY;
}

/** Returns a signal of the first Ctrl-C. The second ends the command. */
function interruption(say: () => void): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    say();
  });
  return controller.signal;
}

function linesOf({ invariant, saw, replay }: Violation): readonly string[] {
  return [`BROKEN  ${invariant}: ${saw}`, `  ${replay}`];
}

function wordsOf({ plays, of, violations }: Progress): string {
  const all = Number.isFinite(of) ? ` of ${of}` : '';
  return `${plays}${all} stories played, ${violations} violations`;
}

function print({ plays, seed, violations, reached, cpuMsMedian, simulatedHours }: Result): void {
  for (const violation of violations) console.log(linesOf(violation).join('\n'));
  printCounts(reached);
  console.log(`${plays} stories of ${simulatedHours} hours were played with the seed ${seed}.`);
  console.log(`${violations.length} violations.`);
  console.log(`${cpuMsMedian} ms of processor time for ten simulated minutes in the median.`);
}

function printCounts(reached: Counts): void {
  for (const [of, counts] of Object.entries(reached)) {
    console.log(`${of}:`);
    const sorted = Object.entries(counts).toSorted(([one], [other]) => one.localeCompare(other));
    for (const [name, count] of sorted) console.log(`  ${String(count).padStart(8)}  ${name}`);
  }
}

/** Returns the date as a number: 20261122. */
function today(): number {
  return Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 0 to 999999999.');
  return Number(text);
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 1 to 9999.');
  return Number(text);
}

function positive(text: string): number {
  if (!/^(\d{1,4}|\d{0,4}\.\d{1,3})$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('must be a number of minutes above 0.');
  return Number(text);
}
