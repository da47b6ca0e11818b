import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { ActionRun, Execution, Source, StageState } from './codepipeline.ts';
import { contentOf, revisionOf } from './revision.ts';

/** One run of the stage by an execution. */
export interface StageRun {
  /** Id of the execution. */
  readonly id: string;
  /** The structure version of the pipeline at that time. */
  readonly version: number;
  readonly startedAt: Instant;
  readonly changedAt: Instant;
  readonly status: string;
  readonly isRollback: boolean;
  /** No action but approvals began in it, so it changed nothing that runs. */
  readonly onlyAsked: boolean;
  readonly revision: Revision;
  readonly content: string;
  readonly sources: readonly Source[];
}

interface Read {
  readonly state: StageState;
  readonly executions: readonly Execution[];
  readonly actions: readonly ActionRun[];
  /** The present structure version. */
  readonly version: number;
}

/**
 * Returns the runs of a stage, newest first. The runs of its actions show when an execution entered the stage, which may
 * be long after it began. The state of the stage is right about the last one, also while the list is late.
 */
export function runsOf({ state, executions, actions, version }: Read): readonly StageRun[] {
  const known = new Map(executions.map((one) => [one.id, one]));
  const own = Map.groupBy(
    actions.filter(({ stage }) => stage === state.name),
    ({ execution }) => execution,
  );
  const all = [...own].map(([id, runs]) => runOf(id, runs, known.get(id)));
  const found = all.toSorted((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt));
  const { latest } = state;
  if (latest === null) return found;
  const last = found.find(({ id }) => id === latest.id) ?? lateRun(latest.id, known.get(latest.id), version);
  const others = found.filter(({ id }) => id !== latest.id);
  return last === null
    ? others
    : [{ ...last, status: latest.status, isRollback: latest.isRollback }, ...others];
}

function runOf(id: string, runs: readonly ActionRun[], execution: Execution | undefined): StageRun {
  const starts = runs.map(({ startedAt }) => startedAt).toSorted();
  const changes = runs.map(({ changedAt }) => changedAt).toSorted();
  return {
    ...about(id, execution),
    version: runs[0]?.version ?? 0,
    startedAt: starts[0] ?? '',
    changedAt: changes.at(-1) ?? '',
    status: statusOf(runs),
    onlyAsked: runs.every(({ category }) => category === 'Approval'),
  };
}

/** Returns a run whose actions are not listed yet. Null: its execution is not listed either. */
function lateRun(id: string, execution: Execution | undefined, version: number): StageRun | null {
  if (execution === undefined) return null;
  const { startedAt, status } = execution;
  return { ...about(id, execution), version, startedAt, changedAt: startedAt, status, onlyAsked: false };
}

function about(id: string, execution: Execution | undefined) {
  const { sources, redeploys } = execution ?? { sources: [], redeploys: null };
  return {
    ...{ id, sources, isRollback: redeploys !== null },
    revision: revisionOf({ id, sources, redeploys }),
    content: contentOf(sources, redeploys ?? id),
  };
}

/** Returns the status of a run that is not the last one. A retry runs a failed action again, under the same execution. */
function statusOf(runs: readonly ActionRun[]): string {
  const [first] = runs;
  if (runs.some(({ status }) => status === 'InProgress')) return 'InProgress';
  const last = runs.reduce<ActionRun | undefined>(
    (newest, one) => (newest === undefined || isAfter(one.startedAt, newest.startedAt) ? one : newest),
    first,
  );
  return last?.status ?? '';
}

/** Returns whether a stage, or a run of it, goes on. */
export function isRunning({ status }: { readonly status: string }): boolean {
  return status === 'InProgress' || status === 'Stopping';
}
