import { Command } from 'commander';
import { scenarios } from '../scenarios/all.ts';
import { play } from '../scenarios/play.ts';
import { prepare } from './prepare.ts';
import { printHappening, printResult } from './print.ts';

const MAIN_JOB = 'ecs-errors-after-completion';

await new Command('npm start')
  .description(
    'The main job on the embedded AWS: a service under live traffic, a bad release, the rollback, the proof. ' +
      'Exit status 0 only where service was restored and proven.',
  )
  .action(run)
  .parseAsync();

async function run(): Promise<void> {
  const scenario = scenarios.find(({ name }) => name === MAIN_JOB);
  if (scenario === undefined) throw new Error(`the scenario ${MAIN_JOB} is missing`);
  await prepare({ quiet: false });
  console.log(`\n${scenario.shows}\n(virtual time; the scenario ${scenario.name})\n`);
  const result = await play(scenario, { seed: 1, onHappening: printHappening });
  printResult(result);
  process.exitCode =
    result.passed && result.outcome === 'rolled-back' && result.recovery.restoredAt !== null ? 0 : 1;
}
