import type {
  Cluster as ClusterOutput,
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DeleteClusterCommandInput,
  DeleteClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsError, type Operation } from '../../service.ts';
import { onAll, onCluster } from '../access.ts';
import { fromTags, missing, page, toTags, type Answer } from '../answer.ts';
import { clusterArn, lastPart } from '../arns.ts';
import type { Cluster } from '../model.ts';
import { findCluster, getCluster, type EcsState } from '../state.ts';

export function clusterOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    CreateCluster: {
      authorize: ({ clusterName }: CreateClusterCommandInput) => [
        onCluster(ecs, 'CreateCluster', clusterName),
      ],
      run: (input: CreateClusterCommandInput) => createCluster(ecs, input),
    },
    DeleteCluster: {
      authorize: ({ cluster }: DeleteClusterCommandInput) => [onCluster(ecs, 'DeleteCluster', cluster)],
      run: (input: DeleteClusterCommandInput) => deleteCluster(ecs, input),
    },
    DescribeClusters: {
      authorize: ({ clusters = ['default'] }: DescribeClustersCommandInput) =>
        clusters.map((cluster) => onCluster(ecs, 'DescribeClusters', cluster)),
      run: (input: DescribeClustersCommandInput) => describeClusters(ecs, input),
    },
    ListClusters: {
      authorize: () => [onAll('ListClusters')],
      run: (input: ListClustersCommandInput): Answer<ListClustersCommandOutput> => {
        const { items, token } = page([...ecs.clusters.keys()], input, 100);
        return { clusterArns: items, ...token };
      },
    },
  };
}

const FARGATE = ['FARGATE', 'FARGATE_SPOT'];

/** Creates a cluster; returns the present one if it exists. */
function createCluster(ecs: EcsState, input: CreateClusterCommandInput): Answer<CreateClusterCommandOutput> {
  const { clusterName: name = 'default', tags, capacityProviders = FARGATE } = input;
  const arn = clusterArn(name);
  const cluster = ecs.clusters.get(arn) ?? { name, arn, tags: toTags(tags), capacityProviders };
  ecs.clusters.set(arn, cluster);
  return { cluster: { ...describeCluster(ecs, cluster), tags: fromTags(cluster.tags) } };
}

/**
 * Deletes a cluster. Refuses while services or tasks are in it; those that are INACTIVE do not count.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html
 * @throws AwsError ClusterNotFoundException, ClusterContainsServicesException, ClusterContainsTasksException
 */
function deleteCluster(ecs: EcsState, input: DeleteClusterCommandInput): Answer<DeleteClusterCommandOutput> {
  const cluster = getCluster(ecs, input.cluster);
  const services = [...ecs.services.values()].filter((service) => service.cluster === cluster);
  if (services.some(({ status }) => status !== 'INACTIVE'))
    throw new AwsError(
      'ClusterContainsServicesException',
      'The Cluster cannot be deleted while Services are active.',
    );
  const tasks = [...ecs.tasks.values()].filter(({ service }) => service.cluster === cluster);
  if (tasks.some(({ lastStatus }) => lastStatus !== 'STOPPED'))
    throw new AwsError(
      'ClusterContainsTasksException',
      'The Cluster cannot be deleted while Tasks are active.',
    );
  ecs.clusters.delete(cluster.arn);
  return { cluster: { ...describeCluster(ecs, cluster), status: 'INACTIVE' } };
}

function describeClusters(
  ecs: EcsState,
  input: DescribeClustersCommandInput,
): Answer<DescribeClustersCommandOutput> {
  const { clusters: wanted = ['default'], include = [] } = input;
  const found = wanted.flatMap((name) => findCluster(ecs, name) ?? []);
  return {
    clusters: found.map((cluster) => ({
      ...describeCluster(ecs, cluster),
      ...(include.includes('TAGS') && { tags: fromTags(cluster.tags) }),
    })),
    failures: wanted
      .filter((name) => !findCluster(ecs, name))
      .map((name) => missing(clusterArn(lastPart(name)))),
  };
}

function describeCluster(ecs: EcsState, cluster: Cluster): ClusterOutput {
  const tasks = [...ecs.tasks.values()].filter(({ service }) => service.cluster === cluster);
  const services = [...ecs.services.values()].filter((service) => service.cluster === cluster);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: ecs.instances.filter((one) => one.cluster === cluster.arn).length,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(
      ({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING',
    ).length,
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: [],
    settings: [],
    capacityProviders: [...cluster.capacityProviders],
    defaultCapacityProviderStrategy: [],
  };
}
