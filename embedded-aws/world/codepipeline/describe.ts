import type {
  ActionExecutionDetail,
  ActionState,
  PipelineExecution,
  PipelineExecutionSummary,
  StageExecution,
  StageState,
} from '@aws-sdk/client-codepipeline';
import type { ActionRun, Execution, Place, StageRun } from './model.ts';

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecutionSummary.html */
export function summaryOf(execution: Execution): PipelineExecutionSummary {
  const { stopReason } = execution;
  return {
    ...common(execution),
    startTime: new Date(execution.startedAt),
    lastUpdateTime: new Date(execution.updatedAt),
    sourceRevisions: [...execution.revisions],
    ...(stopReason !== undefined && { stopTrigger: { reason: stopReason } }),
  };
}

export function describeExecution(execution: Execution): PipelineExecution {
  return {
    ...common(execution),
    pipelineName: execution.pipeline.name,
    pipelineVersion: execution.version,
    artifactRevisions: execution.revisions.map(({ revisionId, revisionSummary, revisionUrl }) => ({
      name: 'SourceArtifact',
      revisionId,
      revisionSummary,
      revisionUrl,
    })),
  };
}

function common({ id, status, trigger, pipeline, target }: Execution) {
  return {
    ...{ pipelineExecutionId: id, status, trigger },
    executionMode: pipeline.declaration.executionMode ?? ('SUPERSEDED' as const),
    executionType: typeOf({ target }),
    ...(target !== null && { rollbackMetadata: { rollbackTargetPipelineExecutionId: target.id } }),
  };
}

function typeOf({ target }: Pick<Execution, 'target'>): 'STANDARD' | 'ROLLBACK' {
  return target === null ? 'STANDARD' : 'ROLLBACK';
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageState.html */
export function stateOf({ name, latest, waiting, transition }: Place, isFirst: boolean): StageState {
  const inbound = waiting.map((execution): StageExecution => ({
    ...{ pipelineExecutionId: execution.id, status: 'InProgress', type: typeOf(execution) },
  }));
  const [first] = inbound;
  const { enabled, by, at, reason } = transition;
  return {
    stageName: name,
    ...(first !== undefined && { inboundExecution: first, inboundExecutions: inbound }),
    ...(!isFirst && {
      inboundTransitionState: {
        enabled,
        ...(!enabled && { lastChangedBy: by, lastChangedAt: new Date(at), disabledReason: reason }),
      },
    }),
    ...(latest !== null && {
      actionStates: latest.actions.map(actionStateOf),
      latestExecution: {
        pipelineExecutionId: latest.execution.id,
        status: latest.status,
        type: typeOf(latest.execution),
      },
    }),
  };
}

function actionStateOf(run: ActionRun): ActionState {
  const { id, action, status, summary, error, token, updatedAt } = run;
  return {
    actionName: action.name,
    latestExecution: {
      ...{ actionExecutionId: id, status, summary, token, errorDetails: error },
      lastStatusChange: new Date(updatedAt),
    },
  };
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionDetail.html */
export function describeAction({ execution, stage }: StageRun, run: ActionRun): ActionExecutionDetail {
  const { id, action, status, summary, error, startedAt, updatedAt } = run;
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: id,
    pipelineVersion: execution.version,
    stageName: stage.name,
    actionName: action.name,
    startTime: new Date(startedAt),
    lastUpdateTime: new Date(updatedAt),
    status,
    input: { actionTypeId: action.actionTypeId, configuration: action.configuration },
    output: { executionResult: { externalExecutionSummary: summary, errorDetails: error } },
  };
}
