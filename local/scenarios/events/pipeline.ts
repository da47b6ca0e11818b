import { lastgood } from '../command.ts';
import type { Stage } from '../stage.ts';

/** Answer of `lastgood check`. */
export interface Checked {
  readonly status: number;
  readonly says: string;
}

/** Runs `lastgood check` as a pipeline does right before a deployment. */
export async function check(stage: Stage, ...args: readonly string[]): Promise<Checked> {
  const { status, out, problem } = await lastgood(stage, ['check', ...args]);
  return { status, says: out + problem };
}
