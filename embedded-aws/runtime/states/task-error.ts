/** The error of a failed task, as Retry and Catch match it: `Error` is the name and `Cause` the message. */
export class TaskError extends Error {
  override readonly name: string;
  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

/** Ends a stopped execution. Neither Retry nor Catch may match it. The interpreter reads both properties. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly isRetryable = false;
  readonly isCatchable = false;
}
