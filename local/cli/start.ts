import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { scenarios } from '../scenarios/all.ts';
import { play } from '../scenarios/play.ts';
import type { Happening } from '../scenarios/result.ts';
import { prepare } from './prepare.ts';
import { printHappening, printResult } from './print.ts';

const MAIN_JOB = 'ecs-errors-after-completion';
const IN_SLACK = 'slack-two-people';

await runCommand(
  new Command('npm start')
    .description(
      'The main job on the embedded AWS: a service under live traffic, a bad release, the rollback, the proof. ' +
        'Exit status 0 where service was restored and proven, 1 where not, 2 where the command line is wrong.',
    )
    .option(
      '--slack',
      'instead, a rollback that people ask for and approve in Slack: the conversation as it goes on',
    )
    .action(run),
);

async function run({ slack }: { readonly slack?: true }): Promise<void> {
  const wanted = slack ? IN_SLACK : MAIN_JOB;
  const scenario = scenarios.find(({ name }) => name === wanted);
  if (scenario === undefined) throw new Error(`the scenario ${wanted} is missing`);
  await prepare({ quiet: false });
  console.log(`\n${scenario.shows}\n(virtual time; the scenario ${scenario.name})\n`);
  const result = await play(scenario, { seed: 1, onHappening: slack ? printConversation : printHappening });
  printResult(result);
  const isRestored = slack === true || result.recovery.restoredAt !== null;
  process.exitCode = result.passed && result.outcome === 'rolled-back' && isRestored ? FINE : ENDED_BADLY;
}

/** Prints the conversation in Slack, and the releases that it is about. */
function printConversation(happening: Happening): void {
  if (/^(slack: |release )/.test(happening.what))
    printHappening({ ...happening, what: happening.what.replace(/^slack: /, '') });
}
