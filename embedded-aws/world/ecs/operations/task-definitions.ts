import type {
  DeregisterTaskDefinitionCommandInput,
  DeregisterTaskDefinitionCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsCommandOutput,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
  TaskDefinition as TaskDefinitionOutput,
} from '@aws-sdk/client-ecs';
import { askedInTags } from '../../asked.ts';
import { ACCOUNT } from '../../aws.ts';
import type { Caller, Operation } from '../../service.ts';
import { onAll } from '../access.ts';
import { fromTags, page, toTags, type Answer } from '../answer.ts';
import { taskDefinitionArn } from '../arns.ts';
import { TASK_DEFINITION_MODIFY, TASK_DEFINITION_READ } from '../buckets.ts';
import { client, invalid } from '../errors.ts';
import type { TaskDefinition } from '../model.ts';
import { now, type EcsState } from '../state.ts';
import { findTaskDefinition } from '../task-definitions.ts';

export function taskDefinitionOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    RegisterTaskDefinition: {
      bucket: TASK_DEFINITION_MODIFY,
      authorize: ({ family = '' }: RegisterTaskDefinitionCommandInput) => [
        { action: 'ecs:RegisterTaskDefinition', resource: taskDefinitionArn(family, '*') },
      ],
      run: (input: RegisterTaskDefinitionCommandInput, { role }: Caller) => register(ecs, input, role),
    },
    DescribeTaskDefinition: {
      bucket: TASK_DEFINITION_READ,
      authorize: () => [onAll('DescribeTaskDefinition')],
      run: (input: DescribeTaskDefinitionCommandInput) => describe(ecs, input),
    },
    DeregisterTaskDefinition: {
      bucket: TASK_DEFINITION_MODIFY,
      authorize: () => [onAll('DeregisterTaskDefinition')],
      run: (input: DeregisterTaskDefinitionCommandInput) => deregister(ecs, input),
    },
    ListTaskDefinitions: {
      bucket: TASK_DEFINITION_READ,
      authorize: () => [onAll('ListTaskDefinitions')],
      run: (input: ListTaskDefinitionsCommandInput) => list(ecs, input),
    },
  };
}

/** Registers a revision. Revisions count up within a family and are never reused. */
function register(
  ecs: EcsState,
  input: RegisterTaskDefinitionCommandInput,
  role: string,
): Answer<RegisterTaskDefinitionCommandOutput> {
  const { tags, ...registered } = input;
  const { family = '', containerDefinitions = [] } = registered;
  if (!/^[\w-]{1,255}$/.test(family)) throw client('Family contains invalid characters.');
  if (containerDefinitions.length === 0) throw client('Container list cannot be empty.');
  askedInTags(toTags(tags), invalid);
  const all = ecs.families.get(family) ?? [];
  const revision = all.length + 1;
  const definition: TaskDefinition = {
    arn: taskDefinitionArn(family, revision),
    family,
    revision,
    registered,
    registeredAt: now(ecs),
    registeredBy: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session`,
    tags: toTags(tags),
    status: 'ACTIVE',
  };
  ecs.families.set(family, [...all, definition]);
  return { taskDefinition: shown(definition), tags: fromTags(definition.tags) };
}

/** Describes a task definition, also an INACTIVE one. */
function describe(
  ecs: EcsState,
  input: DescribeTaskDefinitionCommandInput,
): Answer<DescribeTaskDefinitionCommandOutput> {
  const found = findTaskDefinition(ecs, input.taskDefinition ?? '');
  if (found === undefined) throw client('Unable to describe task definition.');
  return {
    taskDefinition: shown(found),
    ...(input.include?.includes('TAGS') && { tags: fromTags(found.tags) }),
  };
}

/** Deregisters a task definition. Services and tasks that use it keep running. */
function deregister(
  ecs: EcsState,
  { taskDefinition: name = '' }: DeregisterTaskDefinitionCommandInput,
): Answer<DeregisterTaskDefinitionCommandOutput> {
  if (!/:\d+$/.test(name)) throw invalid('Missing task definition revision.');
  const found = findTaskDefinition(ecs, name);
  if (found === undefined) throw client('The specified task definition does not exist.');
  found.status = 'INACTIVE';
  found.deregisteredAt ??= now(ecs);
  return { taskDefinition: shown(found) };
}

function list(
  ecs: EcsState,
  input: ListTaskDefinitionsCommandInput,
): Answer<ListTaskDefinitionsCommandOutput> {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
  const all =
    familyPrefix === undefined ? [...ecs.families.values()].flat() : (ecs.families.get(familyPrefix) ?? []);
  const arns = all.filter((one) => one.status === status).map(({ arn }) => arn);
  const { items, token } = page(sort === 'DESC' ? arns.toReversed() : arns, input, 100);
  return { taskDefinitionArns: items, ...token };
}

function shown(definition: TaskDefinition): TaskDefinitionOutput {
  const { arn, family, revision, registered, registeredAt, registeredBy, deregisteredAt, status } =
    definition;
  return {
    volumes: [],
    placementConstraints: [],
    compatibilities: ['EC2', 'FARGATE'],
    ...registered,
    containerDefinitions: (registered.containerDefinitions ?? []).map((container) => ({
      cpu: 0,
      portMappings: [],
      essential: true,
      environment: [],
      mountPoints: [],
      volumesFrom: [],
      ...container,
    })),
    taskDefinitionArn: arn,
    family,
    revision,
    status,
    registeredAt,
    registeredBy,
    ...(deregisteredAt && { deregisteredAt }),
  };
}
