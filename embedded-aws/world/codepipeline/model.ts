import type {
  ActionDeclaration,
  ActionExecutionStatus,
  ErrorDetails,
  ExecutionTrigger,
  PipelineDeclaration,
  PipelineExecutionStatus,
  SourceRevision,
  StageDeclaration,
  StageExecutionStatus,
} from '@aws-sdk/client-codepipeline';

/** A pipeline with its history. All times are milliseconds since the epoch. */
export interface Pipeline {
  readonly name: string;
  readonly tags: Record<string, string>;
  readonly createdAt: number;
  updatedAt: number;
  declaration: PipelineDeclaration;
  /** The structure version. Each edit raises it. */
  version: number;
  /** Oldest first. */
  readonly executions: Execution[];
  /** By the name of the stage; an edit keeps those of stages that stay. */
  readonly places: Map<string, Place>;
  /** Until when it answers that it is busy. */
  busyUntil: number;
}

/** A stage, with what runs and waits there. One execution at a time runs in a stage. */
export interface Place {
  readonly name: string;
  /** The last run, also while it runs. */
  latest: StageRun | null;
  /** Executions before the stage, oldest first. */
  waiting: Execution[];
  transition: Transition;
}

export interface Transition {
  readonly enabled: boolean;
  readonly by: string;
  readonly at: number;
  readonly reason?: string;
}

export interface Execution {
  readonly id: string;
  readonly pipeline: Pipeline;
  /** The structure version that it began with. */
  readonly version: number;
  readonly startedAt: number;
  updatedAt: number;
  status: PipelineExecutionStatus;
  readonly revisions: readonly SourceRevision[];
  readonly trigger: ExecutionTrigger;
  stopReason?: string;
  /** The execution whose revisions it redeploys; null: it is of the type STANDARD. */
  readonly target: Execution | null;
  /** Newest last. */
  readonly runs: StageRun[];
}

/** One run of a stage by an execution. */
export interface StageRun {
  readonly execution: Execution;
  readonly stage: StageDeclaration;
  status: StageExecutionStatus;
  readonly actions: ActionRun[];
}

export interface ActionRun {
  readonly id: string;
  readonly action: ActionDeclaration;
  readonly startedAt: number;
  updatedAt: number;
  status: ActionExecutionStatus;
  summary?: string;
  error?: ErrorDetails;
  /** Of an approval that waits for its answer. */
  token?: string;
}

/** Returns whether an execution may still change. */
export function isRunning({ status }: { readonly status: string }): boolean {
  return status === 'InProgress' || status === 'Stopping';
}
