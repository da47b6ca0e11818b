import '../scenarios/silence-logs.ts';
import { Command } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { functionCosts, type FunctionCost } from '../bench/functions.ts';
import { scenarioCost, type ScenarioCost } from '../bench/scenarios.ts';
import { scenarios } from '../scenarios/all.ts';
import { prepare } from './prepare.ts';

await runCommand(
  new Command('npm run bench --')
    .description(
      'Measures Lastgood: size and import time of each function (medians, on this machine), and the work of each scenario ' +
        'before the first mitigating call and until the end.',
    )
    .option('--json', 'one JSON document instead of the tables')
    .option('--only <prefix>', 'only scenarios whose names begin so', '')
    .action(run),
);

async function run(
  { json, only }: { readonly json?: true; readonly only: string },
  command: Command,
): Promise<void> {
  const chosen = scenarios.filter(({ name }) => name.startsWith(only));
  if (chosen.length === 0) command.error(`error: no scenario's name begins with ${JSON.stringify(only)}`);
  await prepare({ quiet: true });
  const functions = functionCosts();
  const costs: ScenarioCost[] = [];
  for (const scenario of chosen) {
    if (!json) console.error(scenario.name);
    costs.push(await scenarioCost(scenario));
  }
  if (json) console.log(JSON.stringify({ functions, scenarios: costs }, null, 2));
  else printTables(functions, costs);
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
  console.table(costs);
}
