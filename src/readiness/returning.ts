import type { Plan } from '../rollback/plan.ts';
import type { Severity } from './finding.ts';

/** A revision that a rollback may have to bring back, now or after the next release. */
export interface Returning {
  /** Id of the revision. */
  readonly id: string;
  readonly isBack: boolean;
  /** Adds why it matters: `the way back now`. */
  readonly as: string;
  /** What a defect of it means. */
  readonly defect: Severity;
}

/**
 * Returns the revisions to look at: the one that a rollback would bring back, or the newest proven one if it was passed
 * over, and the one that runs, which is the way back of the next release.
 * @param proven ids of the proven revisions, newest first
 * @param runs says whether a revision is the one that runs, where more than its id decides
 */
export function returningIn(
  plan: Plan,
  proven: readonly string[],
  runs: (id: string) => boolean = (id) => id === runningIn(plan),
): readonly Returning[] {
  const running = runningIn(plan);
  const back = 'to' in plan ? plan.to.id : proven.find((id) => !runs(id));
  const ids = [...new Set([back, running].filter((id) => id !== undefined))];
  return ids.map((id) => ({
    id,
    isBack: id === back,
    as: id === back ? 'the way back now' : 'the way back of the next release',
    defect: id === back ? 'blocks' : 'risks',
  }));
}

/** Returns the id of the revision that runs, as far as the plan knows it. */
export function runningIn(plan: Plan): string | undefined {
  if ('from' in plan) return plan.from.id;
  return plan.runs?.id ?? plan.deployment?.revision.id;
}
