/**
 * The status of an execution: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An entered state, or an event of it. */
export interface HistoryEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: 'StateEntered' | 'StateExited' | 'StateFailed' | 'StateRetried' | 'StateCaught';
  readonly state: string;
  readonly stateType: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** One stored run of a state machine. */
export interface Run {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** JSON, as received. */
  readonly input: string;
  status: Status;
  stoppedAt?: number;
  /** JSON. */
  output?: string;
  error?: string;
  cause?: string;
  readonly history: HistoryEntry[];
}
