import type {
  CreateServiceCommandInput,
  DeleteServiceCommandInput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { Caller, Operation } from '../../service.ts';
import { onAll, onService } from '../access.ts';
import { missing, page, type Answer } from '../answer.ts';
import { clusterArn, lastPart, serviceArn } from '../arns.ts';
import { SERVICE_MODIFY, SERVICE_READ } from '../buckets.ts';
import { invalid } from '../errors.ts';
import { createService } from '../services/create.ts';
import { deleteService } from '../services/delete.ts';
import { describeService, describeTags } from '../services/describe.ts';
import { updateService } from '../services/update.ts';
import { findService, getCluster, type EcsState } from '../state.ts';
import { namedArn } from '../task-definitions.ts';

const MAX_SERVICES_PER_CALL = 10;

export function serviceOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    CreateService: {
      bucket: SERVICE_MODIFY,
      authorize: (input: CreateServiceCommandInput) => [
        onService(
          ecs,
          'CreateService',
          { cluster: input.cluster, service: input.serviceName },
          asked(ecs, input),
        ),
      ],
      run: (input: CreateServiceCommandInput, caller: Caller) => createService(ecs, input, caller),
    },
    UpdateService: {
      bucket: SERVICE_MODIFY,
      authorize: (input: UpdateServiceCommandInput) => [
        onService(ecs, 'UpdateService', input, asked(ecs, input)),
      ],
      run: (input: UpdateServiceCommandInput) => updateService(ecs, input),
    },
    DeleteService: {
      bucket: SERVICE_MODIFY,
      authorize: (input: DeleteServiceCommandInput) => [onService(ecs, 'DeleteService', input)],
      run: (input: DeleteServiceCommandInput) => deleteService(ecs, input),
    },
    DescribeServices: {
      bucket: SERVICE_READ,
      authorize: ({ cluster, services = [] }: DescribeServicesCommandInput) =>
        services.map((service) => onService(ecs, 'DescribeServices', { cluster, service })),
      run: (input: DescribeServicesCommandInput) => describeServices(ecs, input),
    },
    ListServices: {
      bucket: SERVICE_READ,
      authorize: ({ cluster = 'default' }: ListServicesCommandInput) => [
        onAll('ListServices', { 'ecs:cluster': clusterArn(lastPart(cluster)) }),
      ],
      run: (input: ListServicesCommandInput) => listServices(ecs, input),
    },
  };
}

/** Returns the condition keys that exist only when the request sets them. */
function asked(
  ecs: EcsState,
  input: CreateServiceCommandInput | UpdateServiceCommandInput,
): Readonly<Record<string, string>> {
  const { taskDefinition, enableExecuteCommand } = input;
  return {
    ...(taskDefinition !== undefined && { 'ecs:task-definition': namedArn(ecs, taskDefinition) }),
    ...(enableExecuteCommand !== undefined && { 'ecs:enable-execute-command': String(enableExecuteCommand) }),
  };
}

/**
 * Describes up to 10. Unknown services are failures.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
 */
function describeServices(
  ecs: EcsState,
  input: DescribeServicesCommandInput,
): Answer<DescribeServicesCommandOutput> {
  const { services: names = [], include = [] } = input;
  const cluster = getCluster(ecs, input.cluster);
  if (names.length === 0) throw invalid('Services cannot be empty.');
  if (names.length > MAX_SERVICES_PER_CALL) throw invalid('Services cannot have more than 10 elements.');
  const found = names.flatMap((name) => findService(ecs, cluster.name, name) ?? []);
  return {
    services: found.map((service) => ({
      ...describeService(ecs, service),
      ...(include.includes('TAGS') && describeTags(service)),
    })),
    failures: names
      .filter((name) => !findService(ecs, cluster.name, name))
      .map((name) => missing(serviceArn(cluster.name, lastPart(name)))),
  };
}

/** Lists services. Deleted ones are listed until they are INACTIVE. */
function listServices(ecs: EcsState, input: ListServicesCommandInput): Answer<ListServicesCommandOutput> {
  const cluster = getCluster(ecs, input.cluster);
  const all = [...ecs.services.values()].filter(
    (service) => service.cluster === cluster && service.status !== 'INACTIVE',
  );
  const { items, token } = page(
    all.map(({ arn }) => arn),
    { maxResults: 10, ...input },
    100,
  );
  return { serviceArns: items, ...token };
}
