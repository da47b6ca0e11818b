/** A process that plays what it is told, one play after the other: see `players.ts`. */
import { scenarios } from './all.ts';
import { play } from './play.ts';
import type { Play } from './players.ts';

process.on('message', ({ name, seed }: Play) => {
  void problemsOf(name, seed).then((problems) => process.send?.(problems));
});

async function problemsOf(name: string, seed: number): Promise<readonly string[]> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) return [`no scenario is named ${JSON.stringify(name)}`];
  return play(scenario, { seed }).then(
    ({ problems }) => problems,
    (error: unknown) => [`the stage broke down: ${error instanceof Error ? error.stack : String(error)}`],
  );
}
