import type { ExecutionTrigger, SourceRevision } from '@aws-sdk/client-codepipeline';
import { emitExecution } from '../events.ts';
import { isRunning, type Execution, type Pipeline, type Place, type StageRun } from '../model.ts';
import type { CodePipelineState } from '../state.ts';
import { runStage } from './stage.ts';

/** Starts an execution at the source stage, with these revisions. */
export function start(
  state: CodePipelineState,
  pipeline: Pipeline,
  revisions: readonly SourceRevision[],
  trigger: ExecutionTrigger,
): Execution {
  const execution = create(state, pipeline, { revisions, trigger, target: null });
  const [first] = placesOf(pipeline);
  if (first !== undefined) arrive(state, execution, first);
  return execution;
}

/**
 * Starts an execution of the type ROLLBACK: the stage alone, with the revisions of the target. Assumed: it ends with the
 * stage. Unknown: pipeline-after-rollback.
 */
export function startRollback(
  state: CodePipelineState,
  place: Place,
  target: Execution,
  trigger: ExecutionTrigger,
): Execution {
  const { pipeline, revisions } = target;
  const execution = create(state, pipeline, { revisions, trigger, target });
  run(state, execution, place);
  return execution;
}

function create(
  state: CodePipelineState,
  pipeline: Pipeline,
  more: Pick<Execution, 'revisions' | 'trigger' | 'target'>,
): Execution {
  const now = state.surroundings.clock.now();
  const execution: Execution = {
    ...{ id: state.chance.uuid(), pipeline, version: pipeline.version, startedAt: now, updatedAt: now },
    ...{ status: 'InProgress', runs: [], ...more },
  };
  pipeline.executions.push(execution);
  emitExecution(state, execution);
  return execution;
}

export function placesOf({ declaration, places }: Pipeline): readonly Place[] {
  return (declaration.stages ?? []).flatMap(({ name = '' }) => places.get(name) ?? []);
}

/**
 * Lets an execution arrive before a stage. In the mode SUPERSEDED it replaces one that waits there, in the mode QUEUED it
 * waits behind it. https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function arrive(state: CodePipelineState, execution: Execution, place: Place): void {
  if (execution.pipeline.declaration.executionMode !== 'QUEUED')
    for (const older of place.waiting.splice(0)) end(state, older, 'Superseded');
  place.waiting.push(execution);
  enterNext(state, place);
}

/** Lets the oldest execution that waits enter, if the stage is free and its transition enabled. */
export function enterNext(state: CodePipelineState, place: Place): void {
  const isFree = place.latest === null || !isRunning(place.latest);
  if (!isFree || !place.transition.enabled) return;
  const next = place.waiting.shift();
  if (next !== undefined) run(state, next, place);
}

function run(state: CodePipelineState, execution: Execution, place: Place): void {
  runStage(state, execution, place, (stage) => leave(state, stage, place));
}

/** Ends the execution, or lets it go on to the next stage; then the stage is free for the next execution. */
function leave(state: CodePipelineState, stage: StageRun, place: Place): void {
  const { execution, status } = stage;
  const next = nextPlace(execution, place);
  if (execution.status === 'Stopping') end(state, execution, 'Stopped');
  else if (status === 'Failed') end(state, execution, 'Failed');
  else if (execution.target !== null || next === null) end(state, execution, 'Succeeded');
  if (status === 'Failed') rollBackAutomatically(state, stage, place);
  if (isRunning(execution) && next !== null) arrive(state, execution, next);
  enterNext(state, place);
}

function nextPlace({ pipeline }: Execution, place: Place): Place | null {
  const places = placesOf(pipeline);
  return places[places.indexOf(place) + 1] ?? null;
}

/**
 * Rolls a failed stage back to the most recent execution that succeeded in it, where the stage is configured so.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-auto.html
 */
function rollBackAutomatically(state: CodePipelineState, { execution, stage }: StageRun, place: Place): void {
  if (stage.onFailure?.result !== 'ROLLBACK' || execution.target !== null) return;
  const target = execution.pipeline.executions.findLast(
    (one) =>
      one.target === null && succeededIn(one, place.name) && one.version === execution.pipeline.version,
  );
  if (target !== undefined)
    startRollback(state, place, target, {
      triggerType: 'AutomatedRollback',
      triggerDetail: execution.id,
    });
}

/** Returns whether an execution succeeded in a stage. */
export function succeededIn({ runs }: Execution, stage: string): boolean {
  return runs.findLast((one) => one.stage.name === stage)?.status === 'Succeeded';
}

export function end(state: CodePipelineState, execution: Execution, status: Execution['status']): void {
  execution.status = status;
  execution.updatedAt = state.surroundings.clock.now();
  emitExecution(state, execution);
}
