import type { Surroundings } from '../aws.ts';
import type { AlarmStates, Images, TargetGroups } from '../seams.ts';
import { clusterArn, lastPart, serviceArn } from './arns.ts';
import { clusterNotFound, serviceNotFound } from './errors.ts';
import { Ids } from './ids.ts';
import type { Cluster, Service, ServiceDeployment, TaskDefinition } from './model.ts';
import type { Task } from './tasks/task.ts';

/** The other services that ECS touches. */
export interface Neighbours {
  readonly images: Images;
  readonly targetGroups: TargetGroups;
  readonly alarms: AlarmStates;
}

/** What is left of the account's quotas for its services. */
export interface Quota {
  /** Fargate On-Demand vCPUs at once. */
  vcpus: number;
}

/** Everything that ECS holds in the account, and what it stands on. */
export interface EcsState extends Neighbours {
  readonly surroundings: Surroundings;
  readonly ids: Ids;
  readonly clusters: Map<string, Cluster>;
  /** By family; the index is the revision less one. */
  readonly families: Map<string, TaskDefinition[]>;
  /** By ARN. */
  readonly services: Map<string, Service>;
  readonly tasks: Map<string, Task>;
  /** Quotas of the account. */
  readonly quota: Quota;
}

export function createState(surroundings: Surroundings, neighbours: Neighbours): EcsState {
  return {
    ...neighbours,
    surroundings,
    ids: new Ids(surroundings.random('ecs')),
    clusters: new Map(),
    families: new Map(),
    services: new Map(),
    tasks: new Map(),
    quota: { vcpus: Infinity },
  };
}

export function now(ecs: EcsState): Date {
  return new Date(ecs.surroundings.clock.now());
}

export function findCluster(ecs: EcsState, nameOrArn = 'default'): Cluster | undefined {
  return ecs.clusters.get(clusterArn(lastPart(nameOrArn)));
}

/** @throws AwsError ClusterNotFoundException */
export function getCluster(ecs: EcsState, nameOrArn?: string): Cluster {
  const cluster = findCluster(ecs, nameOrArn);
  if (cluster) return cluster;
  throw clusterNotFound();
}

export function findService(ecs: EcsState, cluster: string | undefined, nameOrArn = ''): Service | undefined {
  return ecs.services.get(serviceArn(lastPart(cluster ?? 'default'), lastPart(nameOrArn)));
}

/** @throws AwsError ClusterNotFoundException, ServiceNotFoundException */
export function getService(ecs: EcsState, cluster: string | undefined, nameOrArn?: string): Service {
  getCluster(ecs, cluster);
  const service = findService(ecs, cluster, nameOrArn);
  if (service) return service;
  throw serviceNotFound();
}

export function findServiceDeployment(
  ecs: EcsState,
  arn: string,
): { readonly service: Service; readonly deployment: ServiceDeployment } | undefined {
  for (const service of ecs.services.values()) {
    const deployment = service.deployments.find((one) => one.arn === arn);
    if (deployment) return { service, deployment };
  }
  return undefined;
}

/** The tasks of a service that have not stopped, oldest first. */
export function tasksOf(ecs: EcsState, service: Service): readonly Task[] {
  return [...ecs.tasks.values()].filter((task) => task.service === service && task.lastStatus !== 'STOPPED');
}
