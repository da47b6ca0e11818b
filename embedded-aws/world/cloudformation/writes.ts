import type {
  CancelUpdateStackInput,
  ContinueUpdateRollbackInput,
  ContinueUpdateRollbackOutput,
  RollbackStackInput,
  RollbackStackOutput,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { AwsError, type Caller, type Operation } from '../service.ts';
import { invalid, tokenExists } from './errors.ts';
import type { Described, Stack } from './model.ts';
import { find, may, type Stacks } from './reads.ts';
import { beginOperation } from './record.ts';
import { rollBack } from './roll-back.ts';
import type { World } from './update.ts';

interface Named {
  readonly StackName?: string | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** The ways back of a stack. None works on a nested stack, or outside the one status that it is for. */
export function writeOperations(
  world: World,
  stacks: Stacks,
  own: readonly Stack[],
): Readonly<Record<string, Operation>> {
  const named = (action: string) => (input: Named) => may(stacks(), action, input.StackName);
  const tokens = new Set<string>();
  const check = (
    stack: { readonly id: string; readonly status: StackStatus | undefined },
    token: string | undefined,
    wanted: StackStatus,
    verb: string,
  ): void => {
    if (token !== undefined && tokens.has(`${stack.id} ${token}`)) throw tokenExists(token);
    if (stack.status !== wanted)
      throw invalid(`${verb} cannot be called from current stack status ${stack.status ?? ''}`);
    if (token !== undefined) tokens.add(`${stack.id} ${token}`);
  };
  const open = (input: Named, status: StackStatus, verb: string): Stack => {
    const stack = own.find(({ name, id }) => name === input.StackName || id === input.StackName);
    if (stack === undefined) throw unknown(stacks(), input.StackName, verb);
    if (stack.root !== undefined) throw invalid(`${verb} cannot be called on nested stacks`);
    check(stack, input.ClientRequestToken, status, verb);
    return stack;
  };
  return {
    CancelUpdateStack: {
      authorize: named('CancelUpdateStack'),
      run: (input: CancelUpdateStackInput) => {
        const { StackName, ClientRequestToken: token } = input;
        const other = find(stacks(), StackName);
        if (other?.cancel === undefined)
          return cancel(world, open(input, 'UPDATE_IN_PROGRESS', 'CancelUpdateStack'), input);
        const { StackStatus: status } = other.describe();
        check({ id: other.id, status }, token, 'UPDATE_IN_PROGRESS', 'CancelUpdateStack');
        other.cancel(token);
        return {};
      },
    },
    RollbackStack: {
      authorize: named('RollbackStack'),
      run: (input: RollbackStackInput, caller: Caller) => {
        const created = own.find(({ name, id }) => name === input.StackName || id === input.StackName);
        if (created?.status === 'CREATE_FAILED')
          throw new AwsError('UnknownOperationException', 'it would delete the stack, which is not modelled');
        return rollBackFailed(world, open(input, 'UPDATE_FAILED', 'RollbackStack'), input, caller);
      },
    },
    ContinueUpdateRollback: {
      authorize: named('ContinueUpdateRollback'),
      run: (input: ContinueUpdateRollbackInput, caller: Caller) =>
        carryOn(world, open(input, 'UPDATE_ROLLBACK_FAILED', 'ContinueUpdateRollback'), input, caller),
    },
  };
}

/** Returns the error for a stack that this part does not run. */
function unknown(stacks: readonly Described[], name: string | undefined, verb: string): AwsError {
  if (find(stacks, name) === undefined) return invalid(`Stack [${name ?? ''}] does not exist`);
  return new AwsError('UnknownOperationException', `${verb} of this stack is not modelled`);
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html
 * Unknown: stack-cancel-credentials. Assumed: the credentials of the running operation go on.
 */
function cancel(world: World, stack: Stack, { ClientRequestToken }: Named): object {
  // Unknown: stack-express-cancel.
  if (stack.mode === 'EXPRESS') throw invalid('CancelUpdateStack is not supported in express mode');
  rollBack(world, stack, { reason: 'User Initiated', token: ClientRequestToken });
  return {};
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
function rollBackFailed(
  world: World,
  stack: Stack,
  { ClientRequestToken }: Named,
  caller: Caller,
): RollbackStackOutput {
  // https://github.com/aws/aws-cdk-cli/issues/1973
  if (stack.mode === 'EXPRESS') throw invalid('RollbackStack is not supported for stacks in express mode');
  beginOperation(world, stack, 'ROLLBACK', ClientRequestToken);
  rollBack(world, stack, deniedTo(stack, caller));
  return { StackId: stack.id };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
function carryOn(
  world: World,
  stack: Stack,
  { ClientRequestToken }: Named,
  caller: Caller,
): ContinueUpdateRollbackOutput {
  beginOperation(world, stack, 'CONTINUE_ROLLBACK', ClientRequestToken);
  rollBack(world, stack, deniedTo(stack, caller));
  return {};
}

/**
 * Without a service role, CloudFormation uses the credentials of the caller. The operator has every permission, and a
 * role of Lastgood has none on the resources of stacks. RollbackStack is assumed to do so too.
 * Unknown: stack-rollback-credentials.
 */
function deniedTo({ roleArn }: Stack, { role }: Caller): { readonly denied?: string } {
  if (roleArn !== undefined || role === 'operator') return {};
  return { denied: `User: ${role} is not authorized to perform the update of this resource` };
}
