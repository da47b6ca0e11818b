import { paginateListStateMachines, type SFNClient } from '@aws-sdk/client-sfn';
import { CannotSay } from '../command-line/status.ts';
import type { Named } from './execution.ts';

/** The state machines of a stage. */
export type Machine = 'rollback' | 'plan' | 'list' | 'readiness';

/**
 * Returns the ARN of a state machine, and so the account.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html
 * @throws CannotSay when there is no such state machine
 */
export async function machineArn(client: SFNClient, stage: string, machine: Machine): Promise<string> {
  const wanted = `lastgood-${stage}-${machine}`;
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    const found = stateMachines.find(({ name }) => name === wanted)?.stateMachineArn;
    if (found !== undefined) return found;
  }
  throw new CannotSay(`there is no state machine ${wanted} in this account and Region`);
}

/** Returns the ARN of a rollback's execution. */
export async function executionArn(client: SFNClient, stage: string, execution: Named): Promise<string> {
  if ('arn' in execution) return execution.arn;
  const machine = await machineArn(client, stage, 'rollback');
  return `${machine.replace(':stateMachine:', ':execution:')}:${execution.name}`;
}
