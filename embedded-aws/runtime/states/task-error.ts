/** What a task failed with, as Retry and Catch see it: `Error` is the name and `Cause` the message. */
export class TaskError extends Error {
  override readonly name: string;
  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

/** Ends an execution that was stopped: neither Retry nor Catch may see it. The interpreter asks for both properties. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/**
 * An error that Step Functions lets nobody catch by States.ALL:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class DataLimitExceeded extends Error {
  override readonly name = 'States.DataLimitExceeded';
  readonly isRetryable = false;
  readonly isCatchable = false;
}
