import { ARM_NAMES, ARMS, LOOKOUT_ALONE, type ArmName } from './arms.ts';
import { goodReleases } from './good.ts';
import { runStory, type Run } from './run.ts';
import { stories } from './stories.ts';

/** One run. */
export interface Job {
  /** Of a story, or of a kind of good release. */
  readonly name: string;
  readonly arm: ArmName | 'lookout-alone';
  readonly seed: number;
}

/** A run that was played. */
export interface Done extends Job {
  readonly run: Run;
}

/** Returns every run of these stories and good releases, seed by seed. */
export function jobsOf(names: readonly string[], seeds: readonly number[]): readonly Job[] {
  return seeds.flatMap((seed) =>
    names.flatMap((name) => armsOf(name).map((arm): Job => ({ name, arm, seed }))),
  );
}

function armsOf(name: string): readonly Job['arm'][] {
  return stories.some((story) => story.name === name) ? ARM_NAMES : ['natives10', 'lookout-alone'];
}

export function playJob({ name, arm, seed }: Job): Promise<Run> {
  const story = [...stories, ...goodReleases].find((one) => one.name === name);
  if (story === undefined) throw new Error(`there is no story ${name}`);
  return runStory(story, arm === 'lookout-alone' ? LOOKOUT_ALONE : ARMS[arm], seed);
}
