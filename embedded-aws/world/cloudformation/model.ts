import type {
  OperationType,
  Parameter,
  ResourceStatus,
  Stack as StackAnswer,
  StackEvent as EventAnswer,
  StackResource as ResourceAnswer,
  StackStatus,
} from '@aws-sdk/client-cloudformation';

/** One resource of an update. `apply` and `undo` change it in its service, as CloudFormation does. */
export interface Change {
  readonly logicalId: string;
  /** `AWS::Lambda::Alias` */
  readonly type: string;
  /** Absent: it changes a resource that exists. */
  readonly does?: 'creates' | 'replaces';
  /** How long CloudFormation works on it. */
  readonly seconds?: number;
  readonly apply?: () => void;
  readonly undo?: () => void;
  /** Why it fails. Absent: it succeeds. */
  readonly fails?: string;
  /** Why it cannot be undone, and how often. Absent: it can. */
  readonly undoFails?: { readonly reason: string; readonly times: number };
}

/** The parts of a stack that an update replaces. */
export interface Configuration {
  readonly template: string;
  readonly parameters: readonly Parameter[];
}

/** A stack of a scenario, which was created completely. */
export interface NewStack extends Partial<Configuration> {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The service role. Absent: CloudFormation uses the credentials of its callers. */
  readonly roleArn?: string;
  /** ARNs of the alarms that roll an update back. */
  readonly triggers?: readonly string[];
  readonly monitoringMinutes?: number;
  /** Id of the root stack. Absent: it is one. */
  readonly root?: string;
  /** Absent: CREATE_COMPLETE. */
  readonly status?: StackStatus;
  readonly token?: string;
}

/** An update of a stack, as UpdateStack or ExecuteChangeSet begins one. */
export interface NewUpdate extends Partial<Configuration> {
  readonly changes: readonly Change[];
  readonly token?: string;
  /** Leaves a failed update where it is: UPDATE_FAILED. */
  readonly disableRollback?: boolean;
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-express-mode.html */
  readonly mode?: 'STANDARD' | 'EXPRESS';
}

export interface Operation {
  readonly type: OperationType;
  readonly id: string;
  readonly token: string | undefined;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Date;
  readonly operation: Operation;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
}

/** A stack whose updates are modelled. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  updatedAt: Date | null;
  status: StackStatus;
  reason: string | undefined;
  tags: Readonly<Record<string, string>>;
  readonly roleArn: string | undefined;
  readonly triggers: readonly string[];
  readonly monitoringMinutes: number;
  readonly root: string | undefined;
  mode: 'STANDARD' | 'EXPRESS';
  disableRollback: boolean;
  /** The present configuration, and the one to which CloudFormation rolls back. */
  configuration: Configuration;
  stable: Configuration;
  /** Newest first. */
  operations: readonly [Operation, ...Operation[]];
  /** Oldest first. */
  readonly events: StackEvent[];
  /** Changes that were begun and that a rollback undoes, oldest first. */
  readonly begun: Change[];
  /** How often each change failed to be undone. */
  readonly stuck: Map<Change, number>;
  /** Counts the phases of its work, so that a timer of an earlier phase does nothing. */
  phase: number;
}

/** A stack as CloudFormation describes it, whatever made it. */
export interface Described {
  readonly id: string;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly describe: () => StackAnswer;
  /** Newest first. */
  readonly events: () => readonly EventAnswer[];
  readonly resources: () => readonly ResourceAnswer[];
  readonly template: () => string;
  /** Cancels the update that runs. Absent: only the creation and deletion of this stack are modelled. */
  readonly cancel?: (token: string | undefined) => void;
}
