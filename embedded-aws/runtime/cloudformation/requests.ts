import { isDeepStrictEqual } from 'node:util';
import type {
  CreateStackInput,
  CreateStackOutput,
  DeleteStackInput,
  Parameter,
  UpdateStackInput,
  UpdateStackOutput,
} from '@aws-sdk/client-cloudformation';
import { arn } from '../../world/aws.ts';
import { invalid } from '../../world/cloudformation/errors.ts';
import { AwsError, type Caller } from '../../world/service.ts';
import type { Deployed } from './deployed.ts';
import { recordStack } from './events.ts';
import type { Work } from './making.ts';
import { parametersOf, type StoredParameter } from './parameters.ts';
import { textOf } from './resource-type.ts';
import type { Operation, Stack } from './stack.ts';
import { readTemplate, type Template } from './template.ts';
import { beginRollback, beginUpdate } from './update.ts';
import { advance } from './work.ts';

export interface Parts extends Work {
  readonly stored: StoredParameter;
  /** The stack that the runtime runs. Absent: there is none. */
  readonly deployed?: Deployed;
}

/** Milliseconds between two looks at a stack's resources. Assumed: AWS gives no figure. */
const STEP_MS = 5_000;

function isThere({ status }: Stack): boolean {
  return status !== 'DELETE_COMPLETE';
}

/** Finds a stack by its id, or one that is not deleted by its name. */
function find(stacks: readonly Stack[], named: string | undefined): Stack | undefined {
  return stacks.find((stack) => stack.id === named || (stack.name === named && isThere(stack)));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export function create(
  parts: Parts,
  stacks: Stack[],
  input: CreateStackInput,
  { role }: Caller,
): CreateStackOutput {
  const { StackName: name = '', TemplateBody = '', Capabilities = [] } = input;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name))
    throw invalid(`Value '${name}' at 'stackName' failed to satisfy constraint`);
  if (find(stacks, name) !== undefined)
    throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
  const template = readTemplate(TemplateBody);
  checkCapabilities(template, Capabilities);
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
    updatedAt: null,
    deletedAt: null,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    operation: operationOf(parts, name, 'CREATE_STACK', input.ClientRequestToken),
    update: null,
    monitoringMinutes: 0,
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

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];

/**
 * Begins an update. Resources that it adds or removes are not modelled.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html
 */
export function update(
  parts: Parts,
  stacks: readonly Stack[],
  input: UpdateStackInput,
  { role }: Caller,
): UpdateStackOutput {
  const { StackName = '', TemplateBody, UsePreviousTemplate = false, RollbackConfiguration = {} } = input;
  const stack = find(stacks, StackName);
  if (stack === undefined) throw invalid(`Stack [${StackName}] does not exist`);
  if (stack.name === parts.deployed?.name)
    throw new AwsError(
      'UnknownOperationException',
      'the embedded AWS does not update the stack that it runs',
    );
  if (!UPDATABLE.includes(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  if ((TemplateBody === undefined) !== UsePreviousTemplate)
    throw invalid('Either Template URL or Template Body must be specified.');
  const template = TemplateBody === undefined ? stack.template : readTemplate(TemplateBody);
  checkCapabilities(template, input.Capabilities);
  checkSameResources(stack.template, template);
  const { MonitoringTimeInMinutes = stack.monitoringMinutes, RollbackTriggers = [] } = RollbackConfiguration;
  if (RollbackTriggers.length > 0) throw invalid('RollbackTriggers are not modelled for this stack');
  const parameters = parametersOf(template, given(stack, input.Parameters ?? []), parts.stored);
  const isSame = template.body === stack.template.body && isDeepStrictEqual(parameters, stack.parameters);
  if (isSame) throw invalid('No updates are to be performed.');
  stack.creator = role;
  stack.updatedAt = new Date(parts.clock.now());
  stack.monitoringMinutes = MonitoringTimeInMinutes;
  stack.operation = operationOf(parts, stack.name, 'UPDATE_STACK', input.ClientRequestToken);
  beginUpdate(stack, { template, parameters });
  recordStack(parts, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  work(parts, stack);
  return { StackId: stack.id };
}

/** Fills in the values that stay. */
function given(stack: Stack, parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.map(({ ParameterKey, ParameterValue, UsePreviousValue = false }) => {
    const before = stack.parameters.find((one) => one.ParameterKey === ParameterKey);
    return { ParameterKey, ParameterValue: UsePreviousValue ? before?.ParameterValue : ParameterValue };
  });
}

function checkSameResources(before: Template, after: Template): void {
  const typesIn = ({ Resources }: Template) =>
    Object.fromEntries(Object.entries(Resources).map(([id, { Type }]) => [id, Type]));
  if (!isDeepStrictEqual(typesIn(before), typesIn(after)))
    throw invalid('an update that adds or removes resources is not modelled here');
}

/** Returns what cancels the update of a stack. The world has checked its status. */
export function cancelOf(parts: Parts, stack: Stack): (token: string | undefined) => void {
  // Unknown: stack-cancel-credentials. Assumed: the credentials of the update go on.
  return (token) => beginRollback(parts, stack, 'User Initiated', token);
}

/** @throws AwsError InsufficientCapabilitiesException */
function checkCapabilities({ Resources }: Template, capabilities: readonly string[] = []): void {
  const hasRole = Object.values(Resources).some(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (hasRole && !capabilities.some((one) => one === 'CAPABILITY_IAM' || one === 'CAPABILITY_NAMED_IAM'))
    throw new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]');
}

function operationOf(
  { random, clock }: Parts,
  name: string,
  type: Operation['type'],
  token: string | undefined,
): Operation {
  return { type, id: random(`cloudformation/${name}/${type}/${clock.iso()}`).uuid(), token };
}

/**
 * Deletes a stack. One that does not exist is deleted already. Resources that failed to delete are tried again.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
export function remove(
  parts: Parts,
  stacks: readonly Stack[],
  { StackName, ClientRequestToken: token }: DeleteStackInput,
  { role }: Caller,
): object {
  const stack = find(stacks, textOf(StackName));
  if (stack !== undefined && stack.name === parts.deployed?.name)
    throw new AwsError(
      'UnknownOperationException',
      'the embedded AWS does not delete the stack that it runs',
    );
  if (stack === undefined || !isThere(stack) || stack.status === 'DELETE_IN_PROGRESS') return {};
  // https://github.com/aws/aws-toolkit-azure-devops/issues/317
  if (/^UPDATE_.*IN_PROGRESS$/.test(stack.status))
    throw invalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  const isAtWork = stack.status.endsWith('_IN_PROGRESS');
  stack.creator = role;
  for (const resource of stack.resources.values())
    if (resource.status === 'DELETE_FAILED') resource.status = 'CREATE_COMPLETE';
  stack.operation = operationOf(parts, stack.name, 'DELETE_STACK', token);
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
