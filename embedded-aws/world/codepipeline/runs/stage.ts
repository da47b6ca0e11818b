import type { ActionDeclaration } from '@aws-sdk/client-codepipeline';
import { emitAction, emitStage } from '../events.ts';
import { isRunning, type ActionRun, type Execution, type Place, type StageRun } from '../model.ts';
import type { CodePipelineState } from '../state.ts';
import { durationOf, finish, type Ended } from './actions.ts';

/**
 * Runs a stage: actions of the same order together, one order after the other. Calls `ended` once no action runs any
 * more. https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
 */
export function runStage(
  state: CodePipelineState,
  execution: Execution,
  place: Place,
  ended: (run: StageRun) => void,
): void {
  const stage = execution.pipeline.declaration.stages?.find(({ name }) => name === place.name);
  if (stage === undefined) return;
  const run: StageRun = { execution, stage, status: 'InProgress', actions: [] };
  place.latest = run;
  execution.runs.push(run);
  touch(state, execution);
  emitStage(state, run);
  const orders = [...new Set(stage.actions?.map(orderOf))].toSorted((one, other) => one - other);
  runOrder(state, run, orders, ended);
}

function runOrder(
  state: CodePipelineState,
  run: StageRun,
  [order, ...later]: readonly number[],
  ended: (run: StageRun) => void,
): void {
  const over = (status: StageRun['status']): void => {
    run.status = status;
    touch(state, run.execution);
    emitStage(state, run);
    ended(run);
  };
  if (run.execution.status === 'Stopping') {
    over('Stopped');
    return;
  }
  if (order === undefined) {
    over('Succeeded');
    return;
  }
  const actions = (run.stage.actions ?? []).filter((action) => orderOf(action) === order);
  const runs = actions.map((action) => begin(state, run, action));
  const look = (): void => {
    if (!isRunning(run) || runs.some(isRunning)) return;
    if (runs.some(({ status }) => status === 'Failed')) {
      over('Failed');
      return;
    }
    runOrder(state, run, later, ended);
  };
  for (const one of runs) awaitEnd(state, run, one, look);
}

function orderOf({ runOrder: order = 1 }: ActionDeclaration): number {
  return order;
}

function begin(state: CodePipelineState, run: StageRun, action: ActionDeclaration): ActionRun {
  const now = state.surroundings.clock.now();
  const isApproval = action.actionTypeId?.category === 'Approval';
  const one: ActionRun = {
    ...{ id: state.chance.uuid(), action, startedAt: now, updatedAt: now, status: 'InProgress' },
    ...(isApproval && { token: state.chance.uuid() }),
  };
  run.actions.push(one);
  emitAction(state, run, one);
  return one;
}

/** Waits for the end of an action. An approval ends by its answer, and looks then. */
function awaitEnd(state: CodePipelineState, run: StageRun, one: ActionRun, look: () => void): void {
  if (one.token !== undefined) {
    answers.set(one, (ended) => close(state, run, one, ended, look));
    return;
  }
  state.surroundings.clock.after(durationOf(state, one.action) * 1000, () => {
    if (isRunning(run) && isRunning(one))
      close(state, run, one, finish(state, run.execution, one.action), look);
  });
}

/** How an approval is answered. */
const answers = new WeakMap<ActionRun, (ended: Ended) => void>();

export function answer(one: ActionRun, ended: Ended): void {
  answers.get(one)?.(ended);
}

function close(
  state: CodePipelineState,
  run: StageRun,
  one: ActionRun,
  ended: Ended,
  look: () => void,
): void {
  delete one.token;
  one.status = 'error' in ended ? 'Failed' : 'Succeeded';
  if ('error' in ended) one.error = ended.error;
  else one.summary = ended.summary;
  one.updatedAt = state.surroundings.clock.now();
  emitAction(state, run, one);
  look();
}

function touch({ surroundings: { clock } }: CodePipelineState, execution: Execution): void {
  execution.updatedAt = clock.now();
}
