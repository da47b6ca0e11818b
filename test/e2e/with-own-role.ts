import { setTimeout } from 'node:timers/promises';
import { lastgood, type Answered } from '../../local/scenarios/command.ts';
import type { Stage } from '../../local/scenarios/stage.ts';

/** Runs a verb of the command with its own role (`roleOf`), while time passes. */
export async function withOwnRole(stage: Stage, verb: string, ...args: readonly string[]): Promise<Answered> {
  const over = new AbortController();
  const answer = lastgood(stage, [verb, ...args], `${verb}-only`).finally(() => over.abort());
  const { clock } = stage.world;
  while (!over.signal.aborted) {
    await clock.run(() => over.signal.aborted, clock.now() + 1_000);
    await setTimeout(20);
  }
  return answer;
}
