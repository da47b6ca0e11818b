import type {
  DisableStageTransitionInput,
  EnableStageTransitionInput,
  PutApprovalResultInput,
  PutApprovalResultOutput,
  RollbackStageInput,
  RollbackStageOutput,
} from '@aws-sdk/client-codepipeline';
import { AwsError, type Caller, type Operation } from '../../service.ts';
import { onAction, onStage } from '../access.ts';
import { callerArn } from '../callers.ts';
import { conflict, invalid, notModelled, outdated, unableToRollBack } from '../errors.ts';
import { isRunning, type Execution, type Pipeline, type Place } from '../model.ts';
import { enterNext, placesOf, startRollback, succeededIn } from '../runs/execution.ts';
import { answer } from '../runs/stage.ts';
import { findExecution, findPipeline, findPlace, type CodePipelineState } from '../state.ts';

export function stageOperations(state: CodePipelineState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ pipelineName, stageName }: StageNames) => [onStage(state, action, pipelineName, stageName)];
  return {
    RollbackStage: {
      authorize: authorize('RollbackStage'),
      run: (input: RollbackStageInput, caller) => rollBack(state, input, caller),
    },
    DisableStageTransition: {
      authorize: authorize('DisableStageTransition'),
      run: (input: DisableStageTransitionInput, caller) => disable(state, input, caller),
    },
    EnableStageTransition: {
      authorize: authorize('EnableStageTransition'),
      run: (input: EnableStageTransitionInput, caller) => enable(state, input, caller),
    },
    PutApprovalResult: {
      authorize: (input: PutApprovalResultInput) => [onAction(state, 'PutApprovalResult', input)],
      run: (input: PutApprovalResultInput, caller) => approve(state, input, caller),
    },
  };
}

interface StageNames {
  readonly pipelineName?: string | undefined;
  readonly stageName?: string | undefined;
}

/**
 * Starts an execution that runs the stage again with the revisions of another one. The considerations that it follows:
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @throws AwsError UnableToRollbackStageException, PipelineExecutionOutdatedException, ConflictException
 */
function rollBack(
  state: CodePipelineState,
  { pipelineName, stageName, targetPipelineExecutionId }: RollbackStageInput,
  caller: Caller,
): RollbackStageOutput {
  const pipeline = findPipeline(state, pipelineName);
  const place = findPlace(pipeline, stageName);
  const target = findExecution(pipeline, targetPipelineExecutionId);
  if (state.surroundings.clock.now() < pipeline.busyUntil) throw conflict();
  const why = refusal(pipeline, place, target);
  if (why !== null) throw unableToRollBack(why);
  // AWS does not say when an execution is outdated: the scenario does. Unknown: pipeline-outdated-execution.
  if (state.outdated.has(target.id)) throw outdated(target.id);
  const trigger = { triggerType: 'ManualRollback', triggerDetail: callerArn(caller) } as const;
  return { pipelineExecutionId: startRollback(state, place, target, trigger).id };
}

/** A pipeline of the type V1 and one in the mode PARALLEL have no rollback of stages. Unknown: pipeline-v1-rollback. */
function refusal(pipeline: Pipeline, place: Place, target: Execution): string | null {
  const { pipelineType = 'V1', executionMode } = pipeline.declaration;
  if (pipelineType !== 'V2') return 'The pipeline is not of the type V2.';
  if (executionMode === 'PARALLEL') return 'The pipeline is in the mode PARALLEL.';
  if (placesOf(pipeline)[0] === place) return 'A source stage cannot be rolled back.';
  if (place.latest !== null && isRunning(place.latest)) return 'The stage is currently running.';
  if (target.target !== null) return 'The target is an execution of the type ROLLBACK.';
  if (target.version !== pipeline.version)
    return 'The pipeline version has changed since the target pipeline execution was deployed.';
  if (!succeededIn(target, place.name)) return 'The target did not succeed in the stage.';
  return null;
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_DisableStageTransition.html */
const REASON = /^[a-zA-Z0-9!@ ().*?-]{1,300}$/;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/transitions.html */
function disable(
  state: CodePipelineState,
  { pipelineName, stageName, transitionType, reason }: DisableStageTransitionInput,
  caller: Caller,
): object {
  const place = inbound(state, { pipelineName, stageName }, transitionType);
  if (!REASON.test(reason ?? '')) throw invalid(`The reason must match ${REASON.source}`);
  place.transition = {
    enabled: false,
    reason: reason ?? '',
    by: callerArn(caller),
    at: state.surroundings.clock.now(),
  };
  return {};
}

function enable(
  state: CodePipelineState,
  { pipelineName, stageName, transitionType }: EnableStageTransitionInput,
  caller: Caller,
): object {
  const place = inbound(state, { pipelineName, stageName }, transitionType);
  place.transition = { enabled: true, by: callerArn(caller), at: state.surroundings.clock.now() };
  enterNext(state, place);
  return {};
}

function inbound(
  state: CodePipelineState,
  { pipelineName, stageName }: StageNames,
  type: string | undefined,
): Place {
  const pipeline = findPipeline(state, pipelineName);
  const place = findPlace(pipeline, stageName);
  if (type !== 'Inbound') throw notModelled(`${type} transitions`);
  if (placesOf(pipeline)[0] === place) throw invalid('A source stage has no inbound transition.');
  return place;
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutApprovalResult.html */
function approve(
  state: CodePipelineState,
  { pipelineName, stageName, actionName, token, result }: PutApprovalResultInput,
  caller: Caller,
): PutApprovalResultOutput {
  const { latest } = findPlace(findPipeline(state, pipelineName), stageName);
  const one = latest?.actions.find(({ action }) => action.name === actionName);
  if (one === undefined) throw new AwsError('ActionNotFoundException', `There is no action ${actionName}`);
  if (one.token === undefined)
    throw new AwsError('ApprovalAlreadyCompletedException', 'The approval action has already been answered.');
  if (one.token !== token) throw new AwsError('InvalidApprovalTokenException', 'The token is not valid.');
  const summary = `${result?.summary ?? ''} (${callerArn(caller)})`;
  answer(
    one,
    result?.status === 'Approved' ? { summary } : { error: { code: 'JobFailed', message: summary } },
  );
  return { approvedAt: new Date(state.surroundings.clock.now()) };
}
