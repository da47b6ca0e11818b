import type { CreateStackInput, CreateStackOutput, DeleteStackInput } from '@aws-sdk/client-cloudformation';
import { arn } from '../../world/aws.ts';
import type { CloudFormation } from '../../world/cloudformation/cloudformation.ts';
import { invalid } from '../../world/cloudformation/errors.ts';
import { may } from '../../world/cloudformation/reads.ts';
import { AwsError, honouring, type AwsService, type Caller } from '../../world/service.ts';
import { deployedStack, type Deployed } from './deployed.ts';
import { describedOf } from './describe.ts';
import { recordStack } from './events.ts';
import { parametersOf, type StoredParameter } from './parameters.ts';
import { textOf } from './resource-type.ts';
import type { Stack } from './stack.ts';
import { readTemplate } from './template.ts';
import { advance, type Work } from './work.ts';

interface Parts extends Work {
  readonly stored: StoredParameter;
  /** CloudFormation of the world, which describes these stacks too. */
  readonly known: Pick<CloudFormation, 'list'>;
  /** The stack that the runtime runs. Absent: there is none. */
  readonly deployed?: Deployed;
}

/** Lists the input members that each operation honours. */
const HONOURED = honouring({
  CreateStack: 'StackName TemplateBody Capabilities Parameters Tags ClientRequestToken',
  DeleteStack: 'StackName ClientRequestToken',
});

/** Milliseconds between two looks at a stack's resources. Assumed: AWS gives no figure. */
const STEP_MS = 5_000;

/**
 * Simulates AWS CloudFormation: creates stacks of the resource types that are modelled, and deletes them. It calls the
 * services as the principal that created or deletes the stack does; the world has the other operations:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-overview.html Updates of these stacks,
 * change sets, conditions and service roles are not modelled. The rate limits of the services do not count for its calls.
 */
export function cloudFormationService(parts: Parts): AwsService {
  const stacks: Stack[] = parts.deployed === undefined ? [] : [deployedStack(parts.deployed)];
  const described = () => stacks.map(describedOf);
  parts.known.list(described);
  return {
    signingName: 'cloudformation',
    honoured: HONOURED,
    operations: {
      CreateStack: {
        authorize: ({ StackName }: CreateStackInput) => may(described(), 'CreateStack', StackName),
        run: (input: CreateStackInput, caller: Caller) => create(parts, stacks, input, caller),
      },
      DeleteStack: {
        authorize: ({ StackName }: DeleteStackInput) => may(described(), 'DeleteStack', StackName),
        run: (input: DeleteStackInput, caller: Caller) => remove(parts, stacks, input, caller),
      },
    },
  };
}

function isThere({ status }: Stack): boolean {
  return status !== 'DELETE_COMPLETE';
}

/** Finds a stack by its id, or one that is not deleted by its name. */
function find(stacks: readonly Stack[], named: string | undefined): Stack | undefined {
  return stacks.find((stack) => stack.id === named || (stack.name === named && isThere(stack)));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
function create(parts: Parts, stacks: Stack[], input: CreateStackInput, { role }: Caller): CreateStackOutput {
  const { StackName: name = '', TemplateBody = '', Capabilities = [] } = input;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name))
    throw invalid(`Value '${name}' at 'stackName' failed to satisfy constraint`);
  if (find(stacks, name) !== undefined)
    throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
  const template = readTemplate(TemplateBody);
  const hasRole = Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (hasRole && !Capabilities.some((one) => one === 'CAPABILITY_IAM' || one === 'CAPABILITY_NAMED_IAM'))
    throw new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]');
  const now = new Date(parts.clock.now());
  const stack: Stack = {
    id: arn(
      'cloudformation',
      `stack/${name}/${parts.random(`cloudformation/${name}/${stacks.length}`).uuid()}`,
    ),
    name,
    template,
    parameters: parametersOf(template, input.Parameters ?? [], parts.stored),
    tags: input.Tags ?? [],
    creator: role,
    createdAt: now,
    deletedAt: null,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    resources: new Map(
      Object.entries(template.Resources).map(([id, { Type: type }]) => [
        id,
        { id, type, properties: {}, created: null, status: null, reason: undefined, changedAt: now },
      ]),
    ),
    outputs: {},
    events: [],
  };
  stacks.push(stack);
  recordStack(parts, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  work(parts, stack);
  return { StackId: stack.id };
}

/**
 * Deletes a stack. One that does not exist is deleted already. Resources that failed to delete are tried again.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
function remove(
  parts: Parts,
  stacks: readonly Stack[],
  { StackName }: DeleteStackInput,
  { role }: Caller,
): object {
  const stack = find(stacks, textOf(StackName));
  if (stack !== undefined && stack.name === parts.deployed?.name)
    throw new AwsError(
      'UnknownOperationException',
      'the embedded AWS does not delete the stack that it runs',
    );
  if (stack === undefined || !isThere(stack) || stack.status === 'DELETE_IN_PROGRESS') return {};
  const isAtWork = stack.status.endsWith('_IN_PROGRESS');
  stack.creator = role;
  for (const resource of stack.resources.values())
    if (resource.status === 'DELETE_FAILED') resource.status = 'CREATE_COMPLETE';
  recordStack(parts, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  if (!isAtWork) work(parts, stack);
  return {};
}

/** Works on a stack until nothing is left to do. */
function work(parts: Parts, stack: Stack): void {
  const step = (): void => {
    void parts.clock.holding(async () => {
      const isMore = await advance(parts, stack);
      if (isMore) parts.clock.after(STEP_MS, step);
    });
  };
  parts.clock.after(STEP_MS, step);
}
