/** A process that plays the scenarios that it receives, one after the other: see `players.ts`. */
import './silence-logs.ts';
import { answering } from '../crew.ts';
import { scenarios } from './all.ts';
import { differences } from './both-ways.ts';
import { play } from './play.ts';
import type { Result } from './result.ts';
import type { Play } from './players.ts';

answering(({ name, ...how }: Play) => problemsOf(name, how));

type How = Omit<Play, 'name'>;

const problemsIn = ({ problems }: Result): readonly string[] => problems;

async function problemsOf(name: string, { seed, both = false, ...how }: How): Promise<readonly string[]> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) return [`no scenario is named ${JSON.stringify(name)}`];
  const played = both ? differences(scenario, seed) : play(scenario, { seed, ...how }).then(problemsIn);
  return played.catch((error: unknown) => [
    `the stage broke down: ${error instanceof Error ? error.stack : String(error)}`,
  ]);
}
