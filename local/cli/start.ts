import '../scenarios/silence-logs.ts';
import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { scenarios } from '../scenarios/all.ts';
import { keepReport, REPORTS } from '../scenarios/report/keep.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { besideSays, playBeside } from './beside.ts';
import { prepare } from './prepare.ts';
import { playShown } from './print.ts';

const MAIN_JOB = 'ecs-errors-after-completion';
const IN_SLACK = 'slack-two-people';
const SEED = 1;

interface Options {
  readonly slack?: boolean;
  readonly verbose?: boolean;
  readonly fast?: boolean;
}

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
    .option('--fast', 'call the functions in process, without bundles, threads and HTTP')
    .option('-v, --verbose', "every poll, every step of AWS, and Lastgood's own alarms")
    .action(run),
);

async function run({ slack = false, verbose = false, fast = false }: Options): Promise<void> {
  const scenario = scenarioNamed(slack ? IN_SLACK : MAIN_JOB);
  await prepare({ quiet: false });
  const file = `${REPORTS}/${scenario.name}.html`;
  const kept: string[] = [];
  const onEnd = (stage: Stage): void => {
    if (keepReport(scenario, stage, file)) kept.push(file);
  };
  const result = await playShown(
    scenario,
    { seed: SEED, fast, onEnd },
    { isVerbose: verbose, isConversation: slack },
  );
  await printEnd(slack);
  for (const one of kept) console.log(`\nIts report, for a browser: ${one}`);
  const isRestored = slack || result.recovery.restoredAt !== null;
  process.exitCode = result.passed && result.outcome === 'rolled-back' && isRestored ? FINE : ENDED_BADLY;
}

function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`the scenario ${name} is missing`);
  return scenario;
}

/** Prints what follows the summary: each part is a paragraph of its own. */
async function printEnd(isConversation: boolean): Promise<void> {
  if (isConversation) return;
  const lines = besideSays(await playBeside(SEED));
  console.log(['', ...lines].join('\n'));
}
