import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { TARGET } from './api.ts';

/** A story of a stage. Ids of deployments are known only once it was played. */
export interface Story extends Pick<Scenario, 'name' | 'shows' | 'parameters' | 'attached'> {
  /** Plays the story. Returns a further check of its end: the difference, or null. */
  readonly play: (stage: Stage) => Promise<() => string | null>;
  readonly ends: Omit<Ending, 'also'>;
}

/** Returns the scenario of a story. */
export function story({ play, ends, ...rest }: Story): Scenario {
  const checks = new WeakMap<Stage, () => string | null>();
  return {
    ...rest,
    target: TARGET,
    play: async (stage) => void checks.set(stage, await play(stage)),
    ends: { ...ends, also: (stage) => checks.get(stage)?.() ?? null },
  };
}

/** Ends with one write by which the users are served again. */
export const BACK: Story['ends'] = { outcome: 'rolled-back', served: true, writes: ['UpdateStage'] };

/** Returns an ending in which the stage stays as another left it. */
export function left(because: RegExp, more: Partial<Story['ends']> = {}): Story['ends'] {
  return { outcome: 'skipped', served: true, writes: [], because, ...more };
}

/** Returns an ending in which nothing is written, and the users are not served. */
export function refused(because: RegExp): Story['ends'] {
  return { outcome: 'failed-clean', served: false, writes: [], because };
}

/** Plays the rest, and returns the check. */
export async function after(stage: Stage, check: () => string | null): Promise<() => string | null> {
  await stage.aftermath();
  return check;
}
