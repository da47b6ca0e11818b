import { ACCOUNT } from '../../world/aws.ts';
import type { Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import type { Executions } from './executions.ts';
import { machineOf } from './start-execution.ts';

interface OfMachine {
  readonly stateMachineArn: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export function describeStateMachine(executions: Executions): Operation {
  return {
    authorize: ({ stateMachineArn }: OfMachine) => [
      { action: 'states:DescribeStateMachine', resource: stateMachineArn },
    ],
    run: ({ stateMachineArn }: OfMachine) => {
      const { arn, name, type, role, definition } = machineOf(executions, stateMachineArn);
      return {
        stateMachineArn: arn,
        name,
        status: 'ACTIVE',
        type,
        definition: JSON.stringify(definition),
        roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        creationDate: new Date(executions.createdAt),
      };
    },
    bucket: bucket('DescribeStateMachine', 200, 20),
  };
}
