import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { arn, type Surroundings } from '../aws.ts';
import type { AlarmStates } from '../seams.ts';
import { honouring, isRead, limited, type AwsService, type Bucket } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import { describedOf } from './describe.ts';
import { invalid } from './errors.ts';
import type { Configuration, Described, NewStack, NewUpdate, Stack } from './model.ts';
import { operationOf, recordStack, statusEvent } from './record.ts';
import { readOperations } from './reads.ts';
import { update, type World } from './update.ts';
import { writeOperations } from './writes.ts';

/** AWS CloudFormation: stacks, and the ways back of their updates. */
export interface CloudFormation extends AwsService, TaggedResources {
  /** Adds a stack. Returns its id. */
  create(stack: NewStack): string;
  /** Begins an update. Stands in for UpdateStack and ExecuteChangeSet. @throws AwsError ValidationError */
  update(name: string, wanted: NewUpdate): void;
  /** Replaces the tags of a stack. */
  tag(name: string, tags: Readonly<Record<string, string>>): void;
  /** Describes stacks of another part as well: those that the runtime creates. */
  list(others: () => readonly Described[]): void;
  /** Publishes the status of a stack of another part. */
  publish(stackId: string, status: StackStatus, reason?: string, token?: string): void;
}

/** The members that each operation honours. */
const HONOURED = honouring({
  DescribeStacks: 'StackName NextToken',
  ListStacks: 'NextToken StackStatusFilter',
  DescribeStackEvents: 'StackName NextToken',
  DescribeStackResources: 'StackName',
  GetTemplate: 'StackName TemplateStage',
  CancelUpdateStack: 'StackName ClientRequestToken',
  RollbackStack: 'StackName ClientRequestToken',
  ContinueUpdateRollback: 'StackName ClientRequestToken',
});

/**
 * Returns the rate limit of an operation. AWS publishes none: it is assumed.
 * Unknown: cloudformation-request-rates.
 */
function bucketOf(name: string): Bucket {
  return isRead(name)
    ? { name: 'cloudformation read', burst: 100, perSecond: 10, error: 'Throttling' }
    : { name: 'cloudformation modify', burst: 20, perSecond: 2, error: 'Throttling' };
}

const EMPTY: Configuration = { template: '{"Resources":{}}', parameters: [] };

/**
 * Simulates AWS CloudFormation: updates of stacks, with their monitoring time and rollback triggers, and the ways back:
 * cancel, roll back and continue. A scenario says which resources an update changes and how. Templates are not
 * interpreted, and change sets, StackSets and drift are not modelled.
 */
export function createCloudFormation(
  surroundings: Surroundings,
  neighbours: { readonly alarms: AlarmStates },
): CloudFormation {
  const own: Stack[] = [];
  const others: (() => readonly Described[])[] = [];
  const world: World = { ...surroundings, ...neighbours };
  const stacks = () => [...own.map(describedOf), ...others.flatMap((list) => list())];
  const named = (name: string): Stack => {
    const found = own.find((one) => one.id === name || one.name === name);
    if (found === undefined) throw invalid(`Stack [${name}] does not exist`);
    return found;
  };
  return {
    signingName: 'cloudformation',
    honoured: HONOURED,
    operations: limited({ ...readOperations(stacks), ...writeOperations(world, stacks, own) }, bucketOf),
    create: (wanted) => {
      const stack = stackOf(world, wanted, own.length);
      own.push(stack);
      recordStack(world, stack, stack.status);
      return stack.id;
    },
    update: (name, wanted) => update(world, named(name), wanted),
    tag: (name, tags) => void (named(name).tags = tags),
    list: (more) => void others.push(more),
    publish: (id, status, reason, token) => world.emit(statusEvent(id, status, reason, token)),
    tagged: () => stacks().flatMap(({ id, isDeleted, tags }) => (isDeleted ? [] : [{ arn: id, tags }])),
  };
}

function stackOf({ clock, random }: World, wanted: NewStack, count: number): Stack {
  const { name, token, template = EMPTY.template, parameters = EMPTY.parameters } = wanted;
  const configuration = { template, parameters };
  return {
    id: arn('cloudformation', `stack/${name}/${random(`cloudformation/stack/${name}/${count}`).uuid()}`),
    name,
    createdAt: new Date(clock.now()),
    updatedAt: null,
    status: wanted.status ?? 'CREATE_COMPLETE',
    reason: undefined,
    tags: wanted.tags ?? {},
    roleArn: wanted.roleArn,
    triggers: wanted.triggers ?? [],
    monitoringMinutes: wanted.monitoringMinutes ?? 0,
    root: wanted.root,
    mode: 'STANDARD',
    disableRollback: false,
    configuration,
    stable: configuration,
    operations: [operationOf({ random }, name, 0, 'CREATE_STACK', token)],
    events: [],
    begun: [],
    stuck: new Map(),
    phase: 0,
  };
}
