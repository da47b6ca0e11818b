/** Inputs and outputs of an invocation, for every way of running a function. Part of the bootstrap: it imports only types. */
import type { Call, FunctionError } from './messages.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function contextOf(
  { requestId, functionArn, deadline }: Omit<Call, 'event'>,
  environment: Variables,
  now: () => number,
): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: functionArn,
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    awsRequestId: requestId,
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
  };
}

/** @param root folder that is `/var/task` in the trace */
export function describe(error: unknown, root: string): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const trace = (error.stack ?? '').replaceAll(root, '/var/task').split('\n');
  return { errorType: error.name, errorMessage: error.message, trace };
}
