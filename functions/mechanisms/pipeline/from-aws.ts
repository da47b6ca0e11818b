import type {
  ActionExecutionDetail,
  ActionState as AwsActionState,
  ArtifactRevision,
  GetPipelineOutput,
  PipelineExecution,
  PipelineExecutionSummary,
  SourceRevision,
  StageDeclaration,
  StageState as AwsStageState,
} from '@aws-sdk/client-codepipeline';
import type {
  ActionRun,
  ActionState,
  CodePipeline,
  Execution,
  Pipeline,
  Source,
  Stage,
  StageState,
} from './codepipeline.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toPipeline({ pipeline, metadata }: GetPipelineOutput): Pipeline {
  return {
    arn: metadata?.pipelineArn ?? '',
    type: pipeline?.pipelineType ?? 'V1',
    mode: pipeline?.executionMode ?? 'SUPERSEDED',
    version: pipeline?.version ?? 0,
    stages: (pipeline?.stages ?? []).map(toStage),
  };
}

function toStage({ name = '', actions = [] }: StageDeclaration): Stage {
  return {
    name,
    actions: actions.map(({ name: action = '', actionTypeId, configuration = {} }) => ({
      ...{ name: action, configuration },
      category: actionTypeId?.category ?? '',
      provider: actionTypeId?.provider ?? '',
    })),
  };
}

export function toState(state: AwsStageState): StageState {
  const { stageName = '', latestExecution, inboundExecutions = [], inboundTransitionState } = state;
  const { pipelineExecutionId: id = '', status = '', type } = latestExecution ?? {};
  return {
    name: stageName,
    latest: latestExecution === undefined ? null : { id, status, isRollback: type === 'ROLLBACK' },
    actions: (state.actionStates ?? []).map(toActionState),
    waiting: inboundExecutions.map(({ pipelineExecutionId = '' }) => pipelineExecutionId),
    heldBy: inboundTransitionState?.enabled === false ? (inboundTransitionState.disabledReason ?? '') : null,
  };
}

function toActionState({ actionName = '', latestExecution: latest }: AwsActionState): ActionState {
  return {
    name: actionName,
    status: latest?.status ?? '',
    at: latest?.lastStatusChange?.toISOString() ?? null,
    error: latest?.errorDetails?.message ?? '',
    asks: latest?.token !== undefined,
  };
}

export function toExecution(summary: PipelineExecutionSummary): Execution {
  const { pipelineExecutionId: id = '', status = '', startTime, sourceRevisions = [] } = summary;
  return {
    ...{ id, status, startedAt: (startTime ?? OLDEST).toISOString() },
    sources: sourceRevisions.map(toSource),
    redeploys: summary.rollbackMetadata?.rollbackTargetPipelineExecutionId ?? null,
  };
}

function toSource(revision: SourceRevision): Source {
  const { actionName: action = '', revisionId: id = '', revisionSummary, revisionUrl } = revision;
  return { action, id, summary: revisionSummary ?? '', url: revisionUrl ?? '' };
}

type One = NonNullable<Awaited<ReturnType<CodePipeline['execution']>>>;

/** An execution by its id has its revisions as artifacts, which have the names of artifacts and not of actions. */
export function toOne(execution: PipelineExecution): One {
  const { pipelineExecutionId: id = '', pipelineVersion: version = 0, artifactRevisions = [] } = execution;
  const redeploys = execution.rollbackMetadata?.rollbackTargetPipelineExecutionId ?? null;
  return { id, version, redeploys, sources: artifactRevisions.map(fromArtifact) };
}

function fromArtifact({ name: action = '', revisionId: id = '', ...more }: ArtifactRevision): Source {
  return { action, id, summary: more.revisionSummary ?? '', url: more.revisionUrl ?? '' };
}

export function toRun(detail: ActionExecutionDetail): ActionRun {
  const { pipelineExecutionId: execution = '', stageName: stage = '', status = '' } = detail;
  const startedAt = (detail.startTime ?? OLDEST).toISOString();
  return {
    ...{ execution, stage, status, startedAt, version: detail.pipelineVersion ?? 0 },
    category: detail.input?.actionTypeId?.category ?? '',
    changedAt: detail.lastUpdateTime?.toISOString() ?? startedAt,
  };
}

/** AWS always gives the time; what has none counts as the oldest. */
const OLDEST = new Date(0);
