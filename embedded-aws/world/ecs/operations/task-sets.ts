import type {
  CreateTaskSetCommandInput,
  CreateTaskSetCommandOutput,
  DeleteTaskSetCommandInput,
  DeleteTaskSetCommandOutput,
  DescribeTaskSetsCommandInput,
  DescribeTaskSetsCommandOutput,
  Scale,
  UpdateServicePrimaryTaskSetCommandInput,
  UpdateServicePrimaryTaskSetCommandOutput,
  UpdateTaskSetCommandInput,
  UpdateTaskSetCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../service.ts';
import { onService, onTaskSet } from '../access.ts';
import { missing, toTags, type Answer } from '../answer.ts';
import { SERVICE_MODIFY, SERVICE_READ } from '../buckets.ts';
import { invalid, unsupportedController } from '../errors.ts';
import type { Service } from '../model.ts';
import { getService, type EcsState } from '../state.ts';
import { namedArn } from '../task-definitions.ts';
import { deleteTaskSet, makePrimary, scaleTaskSet } from '../task-sets/change.ts';
import { createTaskSet } from '../task-sets/create.ts';
import { describeTags, describeTaskSet } from '../task-sets/describe.ts';
import { findTaskSet, getTaskSet } from '../task-sets/find.ts';

/** The operations on task sets of services under EXTERNAL. Task sets under CODE_DEPLOY can only be described. */
export function taskSetOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    CreateTaskSet: {
      bucket: SERVICE_MODIFY,
      authorize: ({ cluster, service, taskDefinition = '' }: CreateTaskSetCommandInput) => [
        // The task set does not exist yet: its ARN has no id, and it has no tags.
        onTaskSet(
          ecs,
          'CreateTaskSet',
          { cluster, service, taskSet: '*' },
          {
            'ecs:task-definition': namedArn(ecs, taskDefinition),
          },
        ),
      ],
      run: (input: CreateTaskSetCommandInput) => create(ecs, input),
    },
    DescribeTaskSets: {
      bucket: SERVICE_READ,
      authorize: ({ taskSets = ['*'], ...named }: DescribeTaskSetsCommandInput) =>
        taskSets.map((taskSet) => onTaskSet(ecs, 'DescribeTaskSets', { ...named, taskSet })),
      run: (input: DescribeTaskSetsCommandInput) => describe(ecs, input),
    },
    UpdateTaskSet: {
      bucket: SERVICE_MODIFY,
      authorize: (input: UpdateTaskSetCommandInput) => [onTaskSet(ecs, 'UpdateTaskSet', input)],
      run: (input: UpdateTaskSetCommandInput): Answer<UpdateTaskSetCommandOutput> => {
        const set = getTaskSet(externalService(ecs, input), input.taskSet);
        scaleTaskSet(ecs, set, percentOf(input.scale));
        return { taskSet: describeTaskSet(ecs, set) };
      },
    },
    DeleteTaskSet: {
      bucket: SERVICE_MODIFY,
      authorize: (input: DeleteTaskSetCommandInput) => [onTaskSet(ecs, 'DeleteTaskSet', input)],
      run: (input: DeleteTaskSetCommandInput): Answer<DeleteTaskSetCommandOutput> => {
        const set = getTaskSet(externalService(ecs, input), input.taskSet);
        deleteTaskSet(ecs, set, input.force ?? false);
        return { taskSet: describeTaskSet(ecs, set) };
      },
    },
    UpdateServicePrimaryTaskSet: {
      bucket: SERVICE_MODIFY,
      authorize: (input: UpdateServicePrimaryTaskSetCommandInput) => [
        onService(ecs, 'UpdateServicePrimaryTaskSet', input),
      ],
      run: (
        input: UpdateServicePrimaryTaskSetCommandInput,
      ): Answer<UpdateServicePrimaryTaskSetCommandOutput> => {
        const set = getTaskSet(externalService(ecs, input), input.primaryTaskSet);
        makePrimary(ecs, set);
        return { taskSet: describeTaskSet(ecs, set) };
      },
    },
  };
}

interface Named {
  readonly cluster: string | undefined;
  readonly service: string | undefined;
}

/** @throws AwsError ServiceNotFoundException, InvalidParameterException where the controller is not EXTERNAL */
function externalService(ecs: EcsState, { cluster, service: name }: Named): Service {
  const service = getService(ecs, cluster, name);
  if (service.controller !== 'EXTERNAL') throw unsupportedController();
  return service;
}

function create(ecs: EcsState, input: CreateTaskSetCommandInput): Answer<CreateTaskSetCommandOutput> {
  const { cluster, service, taskDefinition = '', scale, tags, externalId, clientToken, ...settings } = input;
  const set = createTaskSet(ecs, externalService(ecs, { cluster, service }), {
    settings: { ...settings, taskDefinition },
    // No task set serves until UpdateServicePrimaryTaskSet names it; without a scale there are no tasks. Source: the
    // example of `aws ecs create-task-set` in the AWS CLI reference.
    status: 'ACTIVE',
    scale: percentOf(scale ?? { value: 0, unit: 'PERCENT' }),
    tags: toTags(tags),
    ...(externalId !== undefined && { externalId }),
    ...(clientToken !== undefined && { clientToken }),
  });
  return { taskSet: describeTaskSet(ecs, set) };
}

function percentOf({ value = 0, unit }: Scale = {}): number {
  if (unit !== 'PERCENT') throw invalid('The unit of the scale must be PERCENT.');
  return value;
}

function describe(ecs: EcsState, input: DescribeTaskSetsCommandInput): Answer<DescribeTaskSetsCommandOutput> {
  const service = getService(ecs, input.cluster, input.service);
  const names = input.taskSets ?? service.taskSets.map(({ arn }) => arn);
  const found = names.flatMap((name) => findTaskSet(service, name) ?? []);
  return {
    taskSets: found.map((set) => ({
      ...describeTaskSet(ecs, set),
      ...(input.include?.includes('TAGS') === true && describeTags(set)),
    })),
    failures: names.filter((name) => findTaskSet(service, name) === undefined).map(missing),
  };
}
