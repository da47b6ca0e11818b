import type {
  GetPipelineExecutionInput,
  GetPipelineExecutionOutput,
  GetPipelineStateInput,
  GetPipelineStateOutput,
  ListActionExecutionsInput,
  ListActionExecutionsOutput,
  ListPipelineExecutionsInput,
  ListPipelineExecutionsOutput,
  StartPipelineExecutionInput,
  StartPipelineExecutionOutput,
  StopPipelineExecutionInput,
  StopPipelineExecutionOutput,
} from '@aws-sdk/client-codepipeline';
import type { Caller, Operation } from '../../service.ts';
import { onPipeline } from '../access.ts';
import { describeAction, describeExecution, stateOf, summaryOf } from '../describe.ts';
import { notModelled, notStoppable, stoppedTwice } from '../errors.ts';
import { emitExecution } from '../events.ts';
import { isRunning, type Pipeline } from '../model.ts';
import { page } from '../paging.ts';
import { end, placesOf, start, succeededIn } from '../runs/execution.ts';
import { revisionsOf } from '../runs/sources.ts';
import { callerArn } from '../callers.ts';
import { findExecution, findPipeline, findPlace, type CodePipelineState } from '../state.ts';

/** The most results of a page, as the API reference says of both lists. */
const MAX_PER_PAGE = 100;

type Named = { readonly pipelineName?: string | undefined; readonly name?: string | undefined };

export function executionOperations(state: CodePipelineState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ pipelineName, name }: Named) => [onPipeline(state, action, pipelineName ?? name)];
  const found = ({ pipelineName, name }: Named): Pipeline => findPipeline(state, pipelineName ?? name);
  return {
    StartPipelineExecution: {
      authorize: authorize('StartPipelineExecution'),
      run: (input: StartPipelineExecutionInput, caller) => startNew(state, found(input), input, caller),
    },
    StopPipelineExecution: {
      authorize: authorize('StopPipelineExecution'),
      run: (input: StopPipelineExecutionInput) => stop(state, found(input), input),
    },
    GetPipelineState: {
      authorize: authorize('GetPipelineState'),
      run: (input: GetPipelineStateInput): GetPipelineStateOutput => {
        const pipeline = found(input);
        return {
          ...{ pipelineName: pipeline.name, pipelineVersion: pipeline.version },
          stageStates: placesOf(pipeline).map((place, i) => stateOf(place, i === 0)),
          ...{ created: new Date(pipeline.createdAt), updated: new Date(pipeline.updatedAt) },
        };
      },
    },
    GetPipelineExecution: {
      authorize: authorize('GetPipelineExecution'),
      run: (input: GetPipelineExecutionInput): GetPipelineExecutionOutput => ({
        pipelineExecution: describeExecution(findExecution(found(input), input.pipelineExecutionId)),
      }),
    },
    ListPipelineExecutions: {
      authorize: authorize('ListPipelineExecutions'),
      run: (input: ListPipelineExecutionsInput) => list(found(input), input),
    },
    ListActionExecutions: {
      authorize: authorize('ListActionExecutions'),
      run: (input: ListActionExecutionsInput) => listActions(found(input), input),
    },
  };
}

function startNew(
  state: CodePipelineState,
  pipeline: Pipeline,
  { sourceRevisions = [] }: StartPipelineExecutionInput,
  caller: Caller,
): StartPipelineExecutionOutput {
  const trigger = { triggerType: 'StartPipelineExecution', triggerDetail: callerArn(caller) } as const;
  const revisions = revisionsOf(state, pipeline, sourceRevisions);
  return { pipelineExecutionId: start(state, pipeline, revisions, trigger).id };
}

/**
 * Lets the running actions end, and starts no others. https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html
 */
function stop(
  state: CodePipelineState,
  pipeline: Pipeline,
  { pipelineExecutionId, abandon = false, reason }: StopPipelineExecutionInput,
): StopPipelineExecutionOutput {
  if (abandon) throw notModelled('StopPipelineExecution with abandon');
  const execution = findExecution(pipeline, pipelineExecutionId);
  if (execution.status === 'Stopping') throw stoppedTwice(execution.id);
  if (!isRunning(execution)) throw notStoppable(execution.id);
  execution.status = 'Stopping';
  if (reason !== undefined) execution.stopReason = reason;
  emitExecution(state, execution);
  const run = execution.runs.at(-1);
  for (const place of pipeline.places.values())
    place.waiting = place.waiting.filter((one) => one !== execution);
  if (run === undefined || !isRunning(run)) end(state, execution, 'Stopped');
  else run.status = 'Stopping';
  return { pipelineExecutionId: execution.id };
}

/**
 * Lists executions, newest first. The filter leaves those of the present structure version that succeeded in the stage.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SucceededInStageFilter.html
 */
function list(pipeline: Pipeline, input: ListPipelineExecutionsInput): ListPipelineExecutionsOutput {
  const stageName = input.filter?.succeededInStage?.stageName;
  if (stageName !== undefined) findPlace(pipeline, stageName);
  const all = pipeline.executions.filter(
    (one) => stageName === undefined || (one.version === pipeline.version && succeededIn(one, stageName)),
  );
  const { items, next } = page(all.toReversed(), input, MAX_PER_PAGE);
  return { pipelineExecutionSummaries: items.map(summaryOf), ...next };
}

/** Lists the runs of actions. AWS names no order; assumed: newest first. Unknown: pipeline-action-order. */
function listActions(pipeline: Pipeline, input: ListActionExecutionsInput): ListActionExecutionsOutput {
  const { pipelineExecutionId: id, latestInPipelineExecution } = input.filter ?? {};
  if (latestInPipelineExecution !== undefined) throw notModelled('latestInPipelineExecution');
  const all = pipeline.executions
    .filter((one) => id === undefined || one.id === id)
    .flatMap(({ runs }) => runs)
    .flatMap((run) => run.actions.map((action) => [run, action] as const))
    .toSorted(([, one], [, other]) => other.startedAt - one.startedAt);
  const { items, next } = page(all, input, MAX_PER_PAGE);
  return { actionExecutionDetails: items.map(([run, action]) => describeAction(run, action)), ...next };
}
