import { ENDED_BADLY, FINE } from '../../scripts/command-line/status.ts';
import { footerOf } from '../../scripts/terminal/footer.ts';
import { PLANTS } from '../campaign/planted/all.ts';
import type { Noticed } from '../campaign/planted/plant.ts';
import { sow } from '../campaign/planted/sow.ts';

interface Options {
  /** Names of faults; all if empty. */
  readonly plant: readonly string[];
  readonly plays?: number;
  readonly seed: number;
  readonly processes: number;
  readonly tests: boolean;
  readonly json?: true;
}

/** A plant is played in so many stories before the tests are asked. */
const PLAYS_OF_A_PLANT = 40;

/** Plants faults one at a time, and prints what notices each. */
export async function printPlanted({
  plant,
  plays = PLAYS_OF_A_PLANT,
  seed,
  processes,
  tests,
  json,
}: Options): Promise<void> {
  const plants = PLANTS.filter(({ name }) => plant.length === 0 || plant.includes(name));
  const footer = json === true ? null : footerOf(process.stdout);
  if (json !== true) console.log(`The seed is ${seed}.`);
  // The copies of the product go with the process.
  process.once('SIGINT', () => process.exit(ENDED_BADLY));
  const found = await sow({
    ...{ plants, seed, plays, processes, tests },
    onProgress: ({ plant: name, done, of, doing }) =>
      footer?.show(() => `${done} of ${of} planted faults; ${name}: ${doing}`),
    onNoticed: (one, noticed) => {
      const line = `${one.name.padEnd(44)} ${noticedIn(noticed)}`;
      if (footer !== null) footer.print([line]);
      else if (json !== true) console.log(line);
    },
  });
  footer?.end();
  const missed = [...found].filter(([, { by }]) => by === 'nothing').map(([{ name }]) => name);
  const noticed = plants.length - missed.length;
  const share = Number(((100 * noticed) / plants.length).toFixed(1));
  if (json === true) {
    const all = [...found].map(([{ name, is, repeats }, how]) => ({ plant: name, is, repeats, ...how }));
    console.log(
      JSON.stringify({ plays, seed, planted: plants.length, noticed, share, missed, plants: all }, null, 2),
    );
  } else console.log(`${noticed} of ${plants.length} planted faults were noticed: ${share} %.`);
  process.exitCode = missed.length === 0 ? FINE : ENDED_BADLY;
}

function noticedIn(noticed: Noticed): string {
  if (noticed.by === 'nothing') return 'NOT NOTICED';
  if (noticed.by === 'tests') return `by the tests: ${noticed.failed}`;
  return `by the campaign: ${noticed.invariant}, story ${noticed.plays}`;
}
