import { containerInstanceArn } from './arns.ts';
import type { ContainerInstance, Rollout, Room, Service, Workload } from './model.ts';
import { getCluster, tasksOf, type EcsState } from './state.ts';

/** Adds a machine to a cluster. Stands in for RegisterContainerInstance, which the machine's agent calls. */
export function addContainerInstance(ecs: EcsState, clusterName: string, room: Room): ContainerInstance {
  const { name, arn: cluster } = getCluster(ecs, clusterName);
  const id = ecs.ids.task();
  const instance = { id, arn: containerInstanceArn(name, id), cluster, ...room };
  ecs.instances.push(instance);
  return instance;
}

/**
 * Returns whether tasks need no machine of the cluster. Other capacity providers are Auto Scaling groups of machines.
 */
export function isOnFargate({ launchType, capacityProviderStrategy = [] }: Workload): boolean {
  const [first] = capacityProviderStrategy;
  return first === undefined
    ? launchType === 'FARGATE'
    : first.capacityProvider?.startsWith('FARGATE') === true;
}

/** Why a task cannot be placed: the line among the service's events, and the reason in the event, if it has one. */
export interface NoRoom {
  readonly line: string;
  readonly reason?: 'RESOURCE:CPU' | 'RESOURCE:MEMORY';
}

/**
 * Places as many tasks of a rollout as fit, each on the machine with the fewest tasks of the service. ECS spreads over
 * Availability Zones first; zones are not modelled. Network interfaces and ports limit nothing here.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export function placeOnInstances(
  ecs: EcsState,
  service: Service,
  rollout: Rollout,
  wanted: number,
): { readonly places: readonly ContainerInstance[]; readonly noRoom: NoRoom | null } {
  const needs = needsOf(rollout);
  const candidates = ecs.instances
    .filter(({ cluster }) => cluster === service.cluster.arn)
    .map((instance) => ({
      instance,
      free: freeOn(ecs, instance),
      tasks: tasksOf(ecs, service).filter((task) => task.instance === instance).length,
    }));
  const places: ContainerInstance[] = [];
  while (places.length < wanted) {
    const [best] = candidates
      .filter(({ free }) => free.cpu >= needs.cpu && free.memory >= needs.memory)
      .toSorted((one, other) => one.tasks - other.tasks);
    if (best === undefined) return { places, noRoom: noRoomAmong(candidates, needs) };
    places.push(best.instance);
    best.tasks++;
    best.free = { cpu: best.free.cpu - needs.cpu, memory: best.free.memory - needs.memory };
  }
  return { places, noRoom: null };
}

function freeOn(ecs: EcsState, instance: ContainerInstance): Room {
  const taken = [...ecs.tasks.values()]
    .filter((task) => task.instance === instance && task.lastStatus !== 'STOPPED')
    .map(({ rollout }) => needsOf(rollout));
  return {
    cpu: taken.reduce((free, { cpu }) => free - cpu, instance.cpu),
    memory: taken.reduce((free, { memory }) => free - memory, instance.memory),
  };
}

/** Returns what a task takes: its own size or, without one, that of its containers. */
function needsOf({ revision }: Rollout): Room {
  const { cpu, memory, containerDefinitions = [] } = revision.workload.taskDefinition.registered;
  const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);
  return {
    cpu: Number(cpu ?? sum(containerDefinitions.map((one) => one.cpu ?? 0))),
    memory: Number(
      memory ?? sum(containerDefinitions.map((one) => one.memoryReservation ?? one.memory ?? 0)),
    ),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html, quoted by users too */
function noRoomAmong(
  candidates: readonly { instance: ContainerInstance; free: Room }[],
  needs: Room,
): NoRoom {
  const line = 'was unable to place a task because no container instance met all of its requirements.';
  const [closest] = candidates.toSorted((one, other) => other.free.memory - one.free.memory);
  if (closest === undefined)
    return { line: `${line} Reason: No Container Instances were found in your cluster.` };
  const { instance, free } = closest;
  const isMemory = free.memory < needs.memory;
  const lacks = isMemory ? 'insufficient memory available' : 'insufficient CPU units available';
  return {
    line: `${line} The closest matching (container-instance ${instance.id}) has ${lacks}.`,
    reason: isMemory ? 'RESOURCE:MEMORY' : 'RESOURCE:CPU',
  };
}
