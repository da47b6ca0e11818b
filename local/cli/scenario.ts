import '../scenarios/silence-logs.ts';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { nearest } from '../../src/slack/nearest.ts';
import { prepare } from './prepare.ts';
import { scenarios } from '../scenarios/all.ts';
import { play } from '../scenarios/play.ts';
import { keepReport } from '../scenarios/report/keep.ts';
import type { Stage } from '../scenarios/stage.ts';
import { playShown } from './print.ts';

interface Options {
  readonly list?: true;
  readonly seed: number;
  readonly json?: true;
  readonly report?: string;
  readonly verbose?: boolean;
  readonly fast?: boolean;
  readonly interleaved?: boolean;
}

await runCommand(
  new Command('npm run -s scenario --')
    .description(
      'Plays a scenario on the embedded AWS. Exit status 0 if it ended as the scenario says it must, 1 if not, 2 where the command line is wrong.',
    )
    .argument('[name]', 'which one; --list names them')
    .option('--list', 'the scenarios, one a line: the name, then what it shows')
    .option('--seed <number>', 'of the random numbers: the same seed, the same run', wholeNumber, 1)
    .option('--fast', 'call the functions in process, without bundles, threads and HTTP')
    .option('--interleaved', 'as --fast, with invocations side by side: each AWS call lets others run')
    .option('-v, --verbose', "every poll, every step of AWS, and Lastgood's own alarms")
    .option('--report <file>', 'write the report page of the rollback there')
    .option('--json', 'one JSON document instead of the timeline')
    .action(run),
);

async function run(
  name: string | undefined,
  { list, seed, json, report, verbose = false, ...how }: Options,
  command: Command,
): Promise<void> {
  if (list) {
    for (const scenario of scenarios) console.log(`${scenario.name.padEnd(34)} ${scenario.shows}`);
    return;
  }
  if (name === undefined) command.error('error: name a scenario, or give --list');
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) {
    command.error(`error: no scenario is named ${JSON.stringify(name)}; --list names them${meant(name)}`);
  }
  const onEnd = (stage: Stage): void => {
    if (report !== undefined && !keepReport(scenario, stage, report))
      console.error('there is no report: the rollback had no plan, or none was started');
  };
  await prepare({ quiet: json === true });
  const result = json
    ? await play(scenario, { seed, ...how, onEnd })
    : await playShown(scenario, { seed, ...how, onEnd }, { isVerbose: verbose });
  if (json) console.log(JSON.stringify(result, null, 2));
  process.exitCode = result.passed ? FINE : ENDED_BADLY;
}

function meant(name: string): string {
  const [near] = nearest(
    name,
    scenarios.map((scenario) => scenario.name),
  );
  return near === undefined ? '' : `\n(Did you mean ${near}?)`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 0 to 999999999.');
  return Number(text);
}
