import type { Surroundings } from '../aws.ts';
import type { AlarmStates, Images, LogWriter, TargetGroups, TargetState } from '../seams.ts';
import { clusterArn, lastPart, serviceArn } from './arns.ts';
import { clusterNotFound, serviceNotFound } from './errors.ts';
import { Ids } from './ids.ts';
import type { Cluster, ContainerInstance, Service, ServiceDeployment, TaskDefinition } from './model.ts';
import { targetOf, type Task } from './tasks/task.ts';

/** The other services that ECS calls. */
export interface Neighbours {
  readonly images: Images;
  readonly targetGroups: TargetGroups;
  readonly alarms: AlarmStates;
  readonly logs: LogWriter;
}

/** The account's remaining quotas for its services. */
export interface Quota {
  /** Fargate On-Demand vCPUs in use at once. */
  vcpus: number;
}

/** The secrets and parameters, by ARN or name, that an execution role cannot read, and why. Scenarios change them. */
export type Unreadable = Map<string, 'missing' | 'denied'>;

/** All ECS state of the account, and the services that it depends on. */
export interface EcsState extends Neighbours {
  readonly surroundings: Surroundings;
  readonly ids: Ids;
  readonly clusters: Map<string, Cluster>;
  /** By family. The index is the revision minus one. */
  readonly families: Map<string, TaskDefinition[]>;
  /** By ARN. */
  readonly services: Map<string, Service>;
  readonly tasks: Map<string, Task>;
  /** The tasks of each service, oldest first, with some that have stopped. */
  readonly tasksByService: Map<Service, Task[]>;
  /** The tasks by their addresses. */
  readonly addresses: Map<string, Task>;
  /** A target's state in each target group of a task; null if it is not registered. */
  readonly targetStates: (task: Task) => readonly (TargetState | null)[];
  /** The machines of all clusters. */
  readonly instances: ContainerInstance[];
  /** Quotas of the account. */
  readonly quota: Quota;
  readonly unreadable: Unreadable;
}

export function createState(surroundings: Surroundings, neighbours: Neighbours): EcsState {
  const { targetGroups } = neighbours;
  return {
    ...neighbours,
    targetStates: targetGroups.changes.remembering((task) =>
      task.rollout.revision.attachments.map((attachment) =>
        targetGroups.state(attachment.targetGroupArn, targetOf(task, attachment)),
      ),
    ),
    surroundings,
    ids: new Ids(surroundings.random('ecs')),
    clusters: new Map(),
    families: new Map(),
    services: new Map(),
    tasks: new Map(),
    tasksByService: new Map(),
    addresses: new Map(),
    instances: [],
    quota: { vcpus: Infinity },
    unreadable: new Map(),
  };
}

export function now(ecs: EcsState): Date {
  return new Date(ecs.surroundings.clock.now());
}

export function secondsSince(ecs: EcsState, instant: Date | undefined): number {
  return instant ? (now(ecs).getTime() - instant.getTime()) / 1000 : 0;
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

/** Returns a service's tasks that have not stopped, oldest first. */
export function tasksOf(ecs: EcsState, service: Service): readonly Task[] {
  const running = (ecs.tasksByService.get(service) ?? []).filter(
    ({ lastStatus }) => lastStatus !== 'STOPPED',
  );
  ecs.tasksByService.set(service, running);
  return running;
}

/** Adds a task that begins. */
export function addTask(ecs: EcsState, task: Task): void {
  ecs.tasks.set(task.arn, task);
  ecs.addresses.set(task.address, task);
  const others = ecs.tasksByService.get(task.service) ?? [];
  ecs.tasksByService.set(task.service, [...others, task]);
}
