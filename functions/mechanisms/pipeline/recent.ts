import { isProvenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment } from '../../../src/rollback/plan.ts';
import { changesBetween } from '../../../src/rollback/traits.ts';
import { traitsOf } from './revision.ts';
import { isRunning, type StageRun } from './runs.ts';

/** The rollback of the stage that runs, or null, and the last deployments, newest first. */
export interface Rollouts {
  readonly goingBack: StageRun | null;
  /** The run at fault, by the standing of the stage. */
  readonly atFault: StageRun;
  readonly recent: readonly [Deployment, ...Deployment[]];
}

/**
 * Returns the rollouts of a stage. A rollback is listed once it has ended: until then, what it goes back from is. A run
 * that ended with its approval is no rollout, because what ran before still runs.
 */
export function rolloutsOf(all: readonly StageRun[], entries: readonly Entry[]): Rollouts | null {
  const runs = all.filter((run) => !run.onlyAsked || isRunning(run));
  const [newest, before] = runs;
  if (newest === undefined) return null;
  const isGoingBack = newest.isRollback && isRunning(newest) && before !== undefined;
  const shown = (isGoingBack ? runs.slice(1) : runs).slice(0, MAX_RECENT_DEPLOYMENTS);
  const [first, ...older] = shown.map((run, at) => deploymentOf(run, shown[at + 1], entries));
  const [atFault] = shown;
  if (first === undefined || atFault === undefined) return null;
  if (!isGoingBack) return { goingBack: null, atFault, recent: [first, ...older] };
  return { goingBack: newest, atFault, recent: [rollingBack(first), ...older] };
}

/** It takes traffic until its rollback has ended. */
function rollingBack(deployment: Deployment): Deployment {
  const rest = { ...deployment };
  delete (rest as { remains?: true }).remains;
  return { ...rest, state: 'rolling-back' };
}

function deploymentOf(run: StageRun, before: StageRun | undefined, entries: readonly Entry[]): Deployment {
  const { id, startedAt, changedAt, revision, content, isRollback, sources } = run;
  return {
    id,
    ...stateOf(run),
    startedAt,
    ...(!isRunning(run) && { finishedAt: changedAt }),
    ...{ revision, content, isRollback },
    ...(before !== undefined && { changes: changesBetween(traitsOf(before.sources), traitsOf(sources)) }),
    ...(isProvenIn(entries, revision.id, startedAt) && { isProven: true }),
  };
}

/** A stage that failed or was stopped may have changed a part of what it deploys. */
function stateOf(run: StageRun): Pick<Deployment, 'state' | 'remains'> {
  if (isRunning(run)) return { state: 'in-flight' };
  return run.status === 'Succeeded' ? { state: 'completed' } : { state: 'failed', remains: true };
}
