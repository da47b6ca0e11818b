import type { Execution } from '../../../runtime/states/execution.ts';
import { MACHINE, deploy, lambda, machine, role, type Staged } from '../stage.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The permission to invoke the function. */
export const WORK = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: { 'Fn::GetAtt': ['work', 'Arn'] },
};

/** Returns a task that invokes the function with the state's input. */
export function task(next: Json, more: Json = {}): Json {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: '${Work}', 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...next,
    ...more,
  };
}

export function deployed(
  states: Json,
  source: string,
  statements: Json[] = [WORK],
  seed = 1,
): Promise<Staged> {
  const resources = {
    work: lambda('work'),
    workRole: role('lambda.amazonaws.com'),
    machine: machine(states, Object.keys(states)[0]!),
    machineRole: role('states.amazonaws.com', ...statements),
  };
  return deploy(resources, { work: source }, { seed });
}

export function start({ runtime }: Staged, input: unknown = {}, name = 'one'): { executionArn: string } {
  return runtime.states.operations['StartExecution']!.run(
    { stateMachineArn: MACHINE, name, input: JSON.stringify(input) } as never,
    { role: 'operator' },
  ) as { executionArn: string };
}

export async function ended(staged: Staged, input: unknown = {}): Promise<Execution> {
  start(staged, input);
  await staged.until(() => staged.runtime.executions()[0]!.status !== 'RUNNING');
  return staged.runtime.executions()[0]!;
}

export const passed = ({ states }: Execution): string[] => states.map(({ name }) => name);
export const milliseconds = (from: string | undefined, to: string | undefined): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '');
