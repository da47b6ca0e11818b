import type { Random } from '../../world/random.ts';
import { AwsError, type AwsService, type Bucket, type Operation } from '../../world/service.ts';
import type { StateMachine } from '../stack/stack.ts';
import type { Run } from './run.ts';
import type { Executions } from './executions.ts';
import { historyEvents } from './history.ts';
import type { Tokens } from './tokens.ts';

interface Start {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

interface OfExecution {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
  readonly reverseOrder?: boolean;
}

interface OfToken {
  readonly taskToken: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Quotas of the large Regions: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const bucket = (name: string, burst: number, perSecond: number): Bucket => ({
  name,
  burst,
  perSecond,
  error: 'ThrottlingException',
});

/** Step Functions' API: https://docs.aws.amazon.com/step-functions/latest/apireference/ */
export function statesService(executions: Executions, tokens: Tokens, random: Random): AwsService {
  return {
    signingName: 'states',
    operations: {
      StartExecution: {
        authorize: ({ stateMachineArn }: Start) => [
          { action: 'states:StartExecution', resource: stateMachineArn },
        ],
        run: (input: Start) => {
          const { arn, startedAt } = startExecution(executions, { name: random.uuid(), ...input });
          return { executionArn: arn, startDate: new Date(startedAt) };
        },
        bucket: bucket('StartExecution', 1_300, 300),
      },
      ListExecutions: listExecutions(executions),
      ...executionOperations(executions),
      ...tokenOperations(tokens),
    },
  };
}

/** The operations on one execution. */
function executionOperations(executions: Executions): Record<string, Operation> {
  const operation = (
    action: string,
    limit: Bucket,
    run: (found: Run, input: OfExecution) => unknown,
  ): Operation => ({
    authorize: ({ executionArn }: OfExecution) => [{ action: `states:${action}`, resource: executionArn }],
    run: (input: OfExecution) => {
      const found = executions.find(input.executionArn);
      if (found === null)
        throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${input.executionArn}'`);
      return run(found, input);
    },
    bucket: limit,
  });
  return {
    DescribeExecution: operation('DescribeExecution', bucket('DescribeExecution', 300, 15), describe),
    StopExecution: operation(
      'StopExecution',
      bucket('StopExecution', 1_000, 200),
      (run, { error, cause }) => {
        executions.stop(run, error, cause);
        return { stopDate: new Date(run.stoppedAt ?? 0) };
      },
    ),
    GetExecutionHistory: operation(
      'GetExecutionHistory',
      bucket('GetExecutionHistory', 400, 20),
      (run, { reverseOrder = false }) => {
        const events = historyEvents(run);
        return { events: reverseOrder ? events.reverse() : events };
      },
    ),
  };
}

/** The operations by which somebody answers for a task. None has resource-level permissions (Service Authorization Reference). */
function tokenOperations(tokens: Tokens): Record<string, Operation> {
  const operation = (action: string, run: (input: OfToken) => void): Operation => ({
    authorize: () => [{ action: `states:${action}`, resource: '*' }],
    run: (input: OfToken) => {
      run(input);
      return {};
    },
    bucket: bucket('SendTask', 3_000, 500),
  });
  return {
    SendTaskSuccess: operation('SendTaskSuccess', ({ taskToken, output = '' }) =>
      tokens.succeed(taskToken, outputOf(output)),
    ),
    SendTaskFailure: operation('SendTaskFailure', ({ taskToken, error = '', cause = '' }) =>
      tokens.fail(taskToken, error, cause),
    ),
    SendTaskHeartbeat: operation('SendTaskHeartbeat', ({ taskToken }) => tokens.heartbeat(taskToken)),
  };
}

/**
 * Starts an execution, once: the same name with the same input while it runs is the same execution, and any other use
 * of a name is refused. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function startExecution(
  executions: Executions,
  { stateMachineArn, name, input = '{}' }: Start & { readonly name: string },
): Run {
  const machine = machineOf(executions, stateMachineArn);
  // Letters, digits and most signs: no white space, brackets, wildcards or control characters.
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name))
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  if (!isJson(input))
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: 'not JSON'`);
  const same = executions.all.find(
    (execution) => execution.stateMachineArn === stateMachineArn && execution.name === name,
  );
  if (same === undefined) return executions.start(machine, name, input);
  if (same.status === 'RUNNING' && same.input === input) return same;
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${same.arn}'`);
}

function machineOf(executions: Executions, machineArn: string): StateMachine {
  const machine = executions.machine(machineArn);
  if (machine === null)
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  return machine;
}

function listExecutions(executions: Executions): Operation {
  return {
    authorize: ({ stateMachineArn }: { stateMachineArn: string }) => [
      { action: 'states:ListExecutions', resource: stateMachineArn },
    ],
    run: ({
      stateMachineArn,
      statusFilter,
      maxResults,
    }: {
      stateMachineArn: string;
      statusFilter?: string;
      maxResults?: number;
    }) => {
      machineOf(executions, stateMachineArn);
      const listed = executions.all.filter(
        (execution) =>
          execution.stateMachineArn === stateMachineArn &&
          (statusFilter ?? execution.status) === execution.status,
      );
      return {
        executions: listed
          .reverse()
          .slice(0, maxResults === undefined || maxResults === 0 ? 100 : maxResults)
          .map(summary),
      };
    },
    bucket: bucket('ListExecutions', 200, 5),
  };
}

function summary({ arn, name, stateMachineArn, status, startedAt, stoppedAt }: Run): object {
  return {
    executionArn: arn,
    name,
    stateMachineArn,
    status,
    startDate: new Date(startedAt),
    ...(stoppedAt !== undefined && { stopDate: new Date(stoppedAt) }),
  };
}

function describe(execution: Run): object {
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

function outputOf(text: string): unknown {
  if (!isJson(text)) throw new AwsError('InvalidOutput', `Invalid Output: 'not JSON'`);
  return JSON.parse(text) as unknown;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
