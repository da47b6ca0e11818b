import { ARM_NAMES } from './arms.ts';
import type { Done, Job } from './jobs.ts';
import type { Measured } from './measure.ts';
import type { GoodResult, StoryResult, VersusResult } from './result.ts';

/** Sums the runs up: by story and arm the medians over the seeds, by kind of good release how many were taken back. */
export function sumUp(names: readonly string[], done: readonly Done[]): VersusResult {
  const byName = Map.groupBy(done, ({ name }) => name);
  const parts = names.map((name) => [name, byName.get(name) ?? []] as const);
  return {
    stories: parts.filter(([, runs]) => !isGood(runs)).map(([name, runs]) => storyOf(name, runs)),
    good: parts.filter(([, runs]) => isGood(runs)).map(([name, runs]) => goodOf(name, runs)),
  };
}

function isGood(runs: readonly Done[]): boolean {
  return runs.some(({ arm }) => arm === 'lookout-alone');
}

function storyOf(name: string, runs: readonly Done[]): StoryResult {
  const arms = ARM_NAMES.map((arm) => [arm, mediansOf(of(runs, arm))] as const);
  return { name, arms: Object.fromEntries(arms) as StoryResult['arms'] };
}

function goodOf(noise: string, runs: readonly Done[]): GoodResult {
  const takenBack = (arm: Job['arm']) => of(runs, arm).filter(({ run }) => run.takenBack).length;
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return { noise, seeds, alarm: takenBack('natives10'), lookout: takenBack('lookout-alone') };
}

function of(runs: readonly Done[], arm: Job['arm']): readonly Done[] {
  return runs.filter((one) => one.arm === arm);
}

function mediansOf(runs: readonly Done[]): Measured {
  const middle = (field: keyof Measured) => median(runs.map(({ run }) => run[field]));
  return {
    badSeconds: middle('badSeconds') ?? 0,
    badRequests: middle('badRequests') ?? 0,
    firstSignal: middle('firstSignal'),
    alarm: middle('alarm'),
    firstWrite: middle('firstWrite'),
    served: middle('served'),
  };
}

/** Returns the median, rounded. Null is later than every number: it came in fewer than half of the runs. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.map((value) => value ?? Infinity).toSorted((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  const middle = ((sorted[Math.floor(half)] ?? Infinity) + (sorted[Math.ceil(half)] ?? Infinity)) / 2;
  return Number.isFinite(middle) ? Math.round(middle) : null;
}
