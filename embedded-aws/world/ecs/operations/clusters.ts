import type {
  Cluster as ClusterOutput,
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../service.ts';
import { onAll, onCluster } from '../access.ts';
import { fromTags, missing, page, toTags, type Answer } from '../answer.ts';
import { clusterArn, lastPart } from '../arns.ts';
import type { Cluster } from '../model.ts';
import { findCluster, type EcsState } from '../state.ts';

export function clusterOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    CreateCluster: {
      authorize: ({ clusterName }: CreateClusterCommandInput) => [
        onCluster(ecs, 'CreateCluster', clusterName),
      ],
      run: (input: CreateClusterCommandInput) => createCluster(ecs, input),
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

/** Creates a cluster; returns the present one if it exists. */
function createCluster(ecs: EcsState, input: CreateClusterCommandInput): Answer<CreateClusterCommandOutput> {
  const { clusterName: name = 'default', tags } = input;
  const arn = clusterArn(name);
  const cluster = ecs.clusters.get(arn) ?? { name, arn, tags: toTags(tags) };
  ecs.clusters.set(arn, cluster);
  return { cluster: { ...describeCluster(ecs, cluster), tags: fromTags(cluster.tags) } };
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
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(
      ({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING',
    ).length,
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: [],
    settings: [],
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
  };
}
