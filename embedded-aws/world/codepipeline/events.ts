import type { ActionRun, Execution, StageRun } from './model.ts';
import { pipelineArn } from './names.ts';
import type { CodePipelineState } from './state.ts';

/** How events write a status: `InProgress` begins as STARTED. */
const STATES: Readonly<Record<string, string>> = {
  InProgress: 'STARTED',
  Succeeded: 'SUCCEEDED',
  Failed: 'FAILED',
  Stopping: 'STOPPING',
  Stopped: 'STOPPED',
  Superseded: 'SUPERSEDED',
  Cancelled: 'CANCELED',
};

/**
 * Publishes the event of a pipeline's execution, by its present status.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 */
export function emitExecution(state: CodePipelineState, execution: Execution): void {
  const { triggerType, triggerDetail } = execution.trigger;
  emit(state, execution, 'Pipeline', {
    'execution-trigger': { 'trigger-type': triggerType, 'trigger-detail': triggerDetail },
    ...(execution.stopReason !== undefined && { 'stop-execution-comments': execution.stopReason }),
    state: STATES[execution.status],
  });
}

export function emitStage(state: CodePipelineState, { execution, stage, status }: StageRun): void {
  emit(state, execution, 'Stage', { stage: stage.name, state: STATES[status] });
}

export function emitAction(state: CodePipelineState, { execution, stage }: StageRun, run: ActionRun): void {
  const { action, status, error } = run;
  const { owner, provider, category, version } = action.actionTypeId ?? {};
  emit(state, execution, 'Action', {
    ...{ stage: stage.name, action: action.name, state: STATES[status] },
    ...(error !== undefined && {
      'execution-result': { 'external-execution-summary': error.message, 'error-code': error.code },
    }),
    type: { owner, provider, category, version },
  });
}

/** The captured events have their numbers as floats, which JSON does not show of whole ones. */
function emit(
  { surroundings }: CodePipelineState,
  execution: Execution,
  of: 'Pipeline' | 'Stage' | 'Action',
  detail: Readonly<Record<string, unknown>>,
): void {
  const { pipeline, id, startedAt, version } = execution;
  surroundings.emit({
    source: 'aws.codepipeline',
    'detail-type': `CodePipeline ${of} Execution State Change`,
    resources: [pipelineArn(pipeline.name)],
    detail: {
      pipeline: pipeline.name,
      'execution-id': id,
      'start-time': new Date(startedAt).toISOString(),
      ...detail,
      version,
      'pipeline-execution-attempt': 1,
    },
  });
}
