import { AwsError } from '../../world/service.ts';
import type { StateMachine } from '../stack/stack.ts';
import type { Executions } from './executions.ts';
import { bytesOf, MAX_PAYLOAD_BYTES } from './data-limit.ts';
import { isJson } from './json.ts';
import type { Run } from './run.ts';

export interface Start {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/**
 * Starts an execution, idempotently. The same name and input return the running execution; any other reuse of a name is
 * refused. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
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
  requireFit('input', input);
  if (!isJson(input))
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: 'not JSON'`);
  const same = executions.all.find(
    (execution) => execution.stateMachineArn === stateMachineArn && execution.name === name,
  );
  if (same === undefined) return executions.start(machine, name, input);
  if (same.status === 'RUNNING' && same.input === input) return same;
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${same.arn}'`);
}

/**
 * Refuses a text that is too long. Its length is limited in the API's own model: 262,144, in bytes of UTF-8.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function requireFit(field: string, text: string): void {
  if (bytesOf(text) > MAX_PAYLOAD_BYTES)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${MAX_PAYLOAD_BYTES}`,
    );
}

export function machineOf(executions: Executions, machineArn: string): StateMachine {
  const machine = executions.machine(machineArn);
  if (machine === null)
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  return machine;
}
