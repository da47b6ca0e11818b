import '../scenarios/silence-logs.ts';
import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { playIdle } from '../storm/idle.ts';
import { readOptions, type Given } from '../storm/options.ts';
import { playStorm } from '../storm/storm.ts';
import { printIdle, printStorm } from '../storm/tables.ts';
import { prepare } from './prepare.ts';

await runCommand(
  new Command('npm run bench-storm --')
    .description(
      'Measures Lastgood with many targets on the embedded AWS, in process, with the token buckets of AWS. A storm: every ' +
        'target gets a bad release after a proven one, and all alarms turn within some seconds. With --idle nothing is ' +
        'wrong, and some targets are deployed. The result goes to standard output, the progress to standard error.',
    )
    .option('--targets <number>', 'number of targets (default: 100)')
    .option(
      '--kind <kind>',
      'ecs, elb, or mixed: half ECS services, a fifth Lambda aliases, 15 % load balancer rules, and the other kinds (default: mixed)',
    )
    .option('--within <seconds>', 'time within which all alarms turn (default: 60)')
    .option('--all-may-act', 'no target asks because others alarm too')
    .option('--idle', 'no alarm turns: counts what the schedules cost')
    .option('--minutes <number>', 'length of an idle run (default: 60)')
    .option('--seed <number>', 'of the random numbers: the same seed, the same run (default: 1)')
    .option('--json', 'one JSON document instead of the tables')
    .action(run),
);

async function run({ json, ...given }: Given & { readonly json?: true }, command: Command): Promise<void> {
  const options = readOptions(given);
  if ('error' in options) command.error(`error: ${options.error}`);
  await prepare({ quiet: true });
  const begun = performance.now();
  const tell = (what: string) =>
    console.error(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  const print = <Result>(result: Result, printTables: (result: Result) => void): void =>
    json ? console.log(JSON.stringify(result, null, 2)) : printTables(result);
  if (options.mode === 'idle') {
    print(await playIdle(options, tell), printIdle);
  } else {
    print(await playStorm(options, tell), printStorm);
  }
}
