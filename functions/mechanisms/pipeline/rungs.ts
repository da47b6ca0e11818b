import type { Rung } from '../../../src/rollback/plan.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { StageRun } from './runs.ts';

export const ROLLBACK_STAGE = 'rollback-stage';

/** A rollback is as slow as the stage. Twice the longest known run, within these bounds. */
const LEAST_SECONDS = 15 * 60;
const MOST_SECONDS = 4 * 60 * 60;

export function rungsOf(
  stage: string,
  to: string,
  holds: boolean,
  runs: readonly StageRun[],
): readonly [Rung] {
  const held = holds ? ', and disables its inbound transition' : '';
  const does = `runs the stage ${stage} again with the source revisions of ${to}${held}`;
  return [{ name: ROLLBACK_STAGE, does, withinSeconds: withinSeconds(runs) }];
}

/** Returns the rung that writes nothing, because CodePipeline already rolls the stage back. */
export function joiningRungs(stage: string, to: string, runs: readonly StageRun[]): readonly [Rung] {
  const does = `lets CodePipeline end its rollback of the stage ${stage} to ${to}`;
  return [{ name: 'codepipeline-rolls-back', does, withinSeconds: withinSeconds(runs) }];
}

function withinSeconds(runs: readonly StageRun[]): number {
  const done = runs.filter(({ status }) => status === 'Succeeded');
  const longest = Math.max(
    0,
    ...done.map(({ startedAt, changedAt }) => secondsBetween(startedAt, changedAt)),
  );
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil(2 * longest)));
}
