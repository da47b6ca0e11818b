import '../scenarios/silence-logs.ts';
import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { assumptions } from '../bench/assumptions.ts';
import { functionCosts, type FunctionCost } from '../bench/functions.ts';
import { modelOf, type Model } from '../bench/model.ts';
import { functionsOf } from '../bench/path.ts';
import { scenarioCost, type ScenarioCost } from '../bench/scenarios.ts';
import { scenarios } from '../scenarios/all.ts';
import { prepare } from './prepare.ts';

/** The most usual ways to a first write: of each kind, an alarm after a deployment, and during one. */
const USUAL = [
  'ecs-errors-after-completion',
  'ecs-errors-in-flight',
  'elb-canary',
  'lambda-errors-after-completion',
  'lambda-canary-in-flight',
  'codedeploy-errors-after-completion',
  'codedeploy-errors-in-flight',
  'asg-errors-after-completion',
  'route53-cutover',
];

await runCommand(
  new Command('npm run bench --')
    .description(
      'Measures Lastgood: size and import time of each function (medians, on this machine), and the work of each scenario ' +
        'before the first mitigating call and until the end. Models how long an event takes to the first write.',
    )
    .option('--json', 'one JSON document instead of the tables')
    .option('--only <prefix>', 'only scenarios whose names begin so', '')
    .option('--first-write', 'only the model, of the usual scenarios of each kind')
    .action(run),
);

interface Options {
  readonly json?: true;
  readonly only: string;
  readonly firstWrite?: true;
}

async function run({ json, only, firstWrite }: Options, command: Command): Promise<void> {
  const chosen = scenarios.filter(
    ({ name }) => name.startsWith(only) && (!firstWrite || USUAL.includes(name)),
  );
  if (chosen.length === 0) command.error(`error: no scenario's name begins with ${JSON.stringify(only)}`);
  await prepare({ quiet: true });
  const costs: ScenarioCost[] = [];
  for (const scenario of chosen) {
    if (!json) console.error(scenario.name);
    costs.push(await scenarioCost(scenario));
  }
  const modelled = costs.filter(({ name }) => USUAL.includes(name));
  const onPath = new Set(modelled.flatMap(({ path }) => (path === null ? [] : functionsOf(path))));
  const functions = functionCosts((name) => !firstWrite || onPath.has(name));
  const models = modelsOf(modelled, functions);
  if (json)
    console.log(JSON.stringify({ functions, scenarios: costs, models, assumptions: assumptions() }, null, 2));
  else {
    if (!firstWrite) printTables(functions, costs);
    printModels(models);
  }
}

function modelsOf(costs: readonly ScenarioCost[], functions: readonly FunctionCost[]): readonly Model[] {
  const importMs = new Map(functions.map(({ name, importMs: ms }) => [name, ms]));
  return costs.flatMap(({ path }) => (path === null ? [] : [modelOf(path, importMs)]));
}

function printTables(functions: readonly FunctionCost[], costs: readonly ScenarioCost[]): void {
  console.log('\nFunctions: bytes of the bundle; milliseconds to import it, median');
  console.table(functions);
  console.log(
    '\nScenarios: functions started, states entered and AWS calls before the first mitigating call;',
  );
  console.log(
    'then Lambda invocations, states and calls until the end; virtual ms from the trigger to the first mitigating call',
  );
  console.table(costs.map(({ path: _, ...cost }) => cost));
}

function printModels(models: readonly Model[]): void {
  if (models.length === 0) return;
  console.log('\nModel: milliseconds from the event to the first write, all functions warm and all cold');
  console.table(
    models.map(({ scenario, warm, cold }) => ({
      scenario,
      'warm p50': warm.p50,
      'warm p99': warm.p99,
      'cold p50': cold.p50,
      'cold p99': cold.p99,
    })),
  );
  console.log('\nMean milliseconds of its parts, all cold');
  console.table(models.map(({ scenario, parts }) => ({ scenario, ...parts })));
  console.log(
    `\nAssumptions\n${assumptions()
      .map((line) => `- ${line}`)
      .join('\n')}`,
  );
}
