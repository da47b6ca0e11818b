import '../scenarios/silence-logs.ts';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { scenarios } from '../scenarios/all.ts';
import { play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { prepare } from './prepare.ts';

/** Cost of one play in process. */
interface Pace {
  readonly name: string;
  /** Milliseconds of processor time for ten simulated minutes. */
  readonly perTenMinutes: number;
  readonly perPlay: number;
}

interface Options {
  readonly rounds: number;
  readonly json?: true;
}

const TEN_MINUTES = 600_000;

await runCommand(
  new Command('npm run pace --')
    .description(
      'Measures plays in process: processor time for ten simulated minutes, by scenario and in the median, and the memory ' +
        'in use after each round of all scenarios.',
    )
    .argument('[prefix]', 'only scenarios whose names begin so', '')
    .option(
      '--rounds <number>',
      'how often each is played; the first round warms up and is not counted',
      atLeastTwo,
      3,
    )
    .option('--json', 'one JSON document instead of the table')
    .action(run),
);

async function run(prefix: string, { rounds, json }: Options): Promise<void> {
  await prepare({ quiet: json === true });
  const chosen = scenarios.filter(({ name }) => name.startsWith(prefix));
  const paces: Pace[] = [];
  const heldMb: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const scenario of chosen) {
      const pace = await paceOf(scenario, round + 1);
      if (round > 0) paces.push(pace);
    }
    heldMb.push(Math.round(process.memoryUsage().rss / 1024 / 1024));
  }
  const result = { medianPerTenMinutes: median(paces.map(({ perTenMinutes }) => perTenMinutes)), heldMb };
  const byName = [...Map.groupBy(paces, ({ name }) => name).values()].map(middle);
  if (json) console.log(JSON.stringify({ ...result, scenarios: byName }, null, 2));
  else print(byName, result);
}

async function paceOf(scenario: Scenario, seed: number): Promise<Pace> {
  let simulated = 0;
  const before = process.cpuUsage();
  await play(scenario, {
    seed,
    fast: true,
    onEnd: ({ world }) => {
      simulated = world.clock.now() - world.startedAt;
    },
  });
  const { user, system } = process.cpuUsage(before);
  const perPlay = (user + system) / 1000;
  return { name: scenario.name, perPlay, perTenMinutes: perPlay / (simulated / TEN_MINUTES) };
}

function middle(paces: readonly Pace[]): Pace {
  return {
    name: paces[0]?.name ?? '',
    perTenMinutes: median(paces.map((pace) => pace.perTenMinutes)),
    perPlay: median(paces.map((pace) => pace.perPlay)),
  };
}

function print(
  paces: readonly Pace[],
  result: { medianPerTenMinutes: number; heldMb: readonly number[] },
): void {
  const dearest = paces.toSorted((one, other) => other.perTenMinutes - one.perTenMinutes);
  console.table(dearest);
  console.log(`Median: ${result.medianPerTenMinutes} ms of processor time for ten simulated minutes.`);
  console.log(`Memory in use after each round, MB: ${result.heldMb.join(', ')}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1));
}

function atLeastTwo(text: string): number {
  if (!/^([2-9]|[1-9]\d{1,3})$/.test(text))
    throw new InvalidArgumentError('must be a whole number from 2 to 9999.');
  return Number(text);
}
