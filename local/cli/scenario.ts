import '../scenarios/quiet.ts';
import { Command, InvalidArgumentError } from 'commander';
import { prepare } from './prepare.ts';
import { scenarios } from '../scenarios/all.ts';
import { play } from '../scenarios/play.ts';
import { printHappening, printResult } from './print.ts';

interface Options {
  readonly list?: true;
  readonly seed: number;
  readonly json?: true;
  readonly fast?: boolean;
}

await new Command('npm run -s scenario --')
  .description(
    'Plays a scenario on the embedded AWS. Exit status 0 only if it ended as the scenario says it must.',
  )
  .argument('[name]', 'which one; --list names them')
  .option('--list', 'the scenarios, one a line: the name, then what it shows')
  .option('--seed <number>', 'what chance does: the same seed, the same run', wholeNumber, 1)
  .option('--fast', 'call the functions in process, without bundles, threads and HTTP')
  .option('--json', 'one JSON document instead of the timeline')
  .action(run)
  .parseAsync();

async function run(
  name: string | undefined,
  { list, seed, json, fast = false }: Options,
  command: Command,
): Promise<void> {
  if (list) {
    for (const scenario of scenarios) console.log(`${scenario.name.padEnd(34)} ${scenario.shows}`);
    return;
  }
  if (name === undefined) command.error('error: name a scenario, or give --list', { exitCode: 2 });
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) {
    command.error(`error: no scenario is named ${JSON.stringify(name)}; --list names them`, { exitCode: 2 });
  }
  await prepare({ quiet: json === true });
  const result = await play(scenario, { seed, fast, ...(!json && { onHappening: printHappening }) });
  if (json) console.log(JSON.stringify(result, null, 2));
  else printResult(result);
  process.exitCode = result.passed ? 0 : 1;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 0 to 999999999.');
  return Number(text);
}
