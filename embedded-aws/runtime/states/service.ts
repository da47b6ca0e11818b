import type { Random } from '../../world/random.ts';
import { honouring, AwsError, type AwsService, type Bucket, type Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import type { Executions } from './executions.ts';
import { historyEvents } from './history.ts';
import { listExecutions } from './list-executions.ts';
import { describeStateMachine } from './describe-machine.ts';
import { listStateMachines } from './list-machines.ts';
import { page, type Paging } from './page.ts';
import type { Run } from './run.ts';
import { describe } from './shown.ts';
import { startExecution, type Start } from './start-execution.ts';
import { tokenOperations } from './token-operations.ts';
import type { Tokens } from './tokens.ts';

interface OfExecution extends Paging {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
  readonly reverseOrder?: boolean;
}

/**
 * Simulates AWS Step Functions: the executions of the stack's state machines.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/
 */
export function statesService(executions: Executions, tokens: Tokens, random: Random): AwsService {
  return {
    signingName: 'states',
    honoured: honouring({
      StartExecution: 'stateMachineArn name input',
      ListExecutions: 'stateMachineArn statusFilter maxResults nextToken',
      ListStateMachines: 'maxResults nextToken',
      DescribeStateMachine: 'stateMachineArn',
      DescribeExecution: 'executionArn',
      StopExecution: 'executionArn error cause',
      GetExecutionHistory: 'executionArn maxResults reverseOrder includeExecutionData nextToken',
      SendTaskSuccess: 'taskToken output',
      SendTaskFailure: 'taskToken error cause',
      SendTaskHeartbeat: 'taskToken',
    }),
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
      ListStateMachines: listStateMachines(executions),
      DescribeStateMachine: describeStateMachine(executions),
      ...executionOperations(executions),
      ...tokenOperations(tokens),
    },
  };
}

/** Returns the operations on one execution. */
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
      (run, { reverseOrder = false, ...paging }) => {
        const events = historyEvents(run);
        const { items, next } = page(reverseOrder ? events.reverse() : events, paging);
        return { events: items, ...next };
      },
    ),
  };
}
