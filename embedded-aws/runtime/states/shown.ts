import type { Run } from './run.ts';

/** Returns an execution as a list shows it. */
export function summary({ arn, name, stateMachineArn, status, startedAt, stoppedAt }: Run): object {
  return {
    executionArn: arn,
    name,
    stateMachineArn,
    status,
    startDate: new Date(startedAt),
    ...(stoppedAt !== undefined && { stopDate: new Date(stoppedAt) }),
  };
}

/** Returns an execution as DescribeExecution shows it. */
export function describe(execution: Run): object {
  const { input, output, error, cause } = execution;
  return {
    ...summary(execution),
    input,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveCount: 0,
  };
}
