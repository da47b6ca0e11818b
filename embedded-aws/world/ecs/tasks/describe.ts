import type { Container, Task as TaskOutput } from '@aws-sdk/client-ecs';
import type { Task, TaskContainer } from './task.ts';
import type { EcsState } from '../state.ts';
import { shownHealth } from './health.ts';

/** Returns a task as DescribeTasks shows it. Every task here has its own network interface. */
export function describeTask(ecs: EcsState, task: Task): TaskOutput {
  const { service, rollout } = task;
  const { workload } = rollout.revision;
  const { taskDefinition, launchType, capacityProviderStrategy, platformVersion } = workload;
  const running = task.startedAt !== undefined;
  return {
    attachments: [networkInterface(task)],
    ...(task.instance && { containerInstanceArn: task.instance.arn }),
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: task.availabilityZone,
    ...(capacityProviderStrategy?.[0] && {
      capacityProviderName: capacityProviderStrategy[0].capacityProvider,
    }),
    clusterArn: service.cluster.arn,
    ...(task.pullStartedAt && { connectivity: 'CONNECTED' as const, connectivityAt: task.pullStartedAt }),
    containers: task.containers.map((container) => describeContainer(ecs, task, container)),
    cpu: taskDefinition.registered.cpu ?? '256',
    createdAt: task.createdAt,
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: service.settings.enableExecuteCommand ?? false,
    group: `service:${service.name}`,
    healthStatus: shownHealth(ecs, task),
    lastStatus: task.lastStatus,
    launchType: launchType ?? 'FARGATE',
    memory: taskDefinition.registered.memory ?? '512',
    overrides: {
      containerOverrides: task.containers.map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
    },
    ...(platformVersion !== undefined && {
      platformVersion: fargateVersion(platformVersion),
      platformFamily: 'Linux',
    }),
    ...times(task),
    startedBy: rollout.id,
    ...(task.stopCode && { stopCode: task.stopCode, stoppedReason: task.stoppedReason }),
    tags: [],
    taskArn: task.arn,
    taskDefinitionArn: taskDefinition.arn,
    version: task.version,
    ...(running && { ephemeralStorage: { sizeInGiB: 20 } }),
  };
}

/**
 * The meaning of LATEST on Fargate. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
 */
export function fargateVersion(platformVersion: string): string {
  return platformVersion === 'LATEST' ? '1.4.0' : platformVersion;
}

function times(task: Task): Partial<TaskOutput> {
  const { pullStartedAt, pullStoppedAt, startedAt, stoppingAt, executionStoppedAt, stoppedAt } = task;
  return {
    ...(pullStartedAt && { pullStartedAt }),
    ...(pullStoppedAt && { pullStoppedAt }),
    ...(startedAt && { startedAt }),
    ...(stoppingAt && { stoppingAt }),
    ...(executionStoppedAt && { executionStoppedAt }),
    ...(stoppedAt && { stoppedAt }),
  };
}

function networkInterface({ id, interfaceId, address, lastStatus }: Task) {
  const status =
    lastStatus === 'STOPPED' ? 'DELETED' : lastStatus === 'PROVISIONING' ? 'PRECREATED' : 'ATTACHED';
  return {
    id: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    type: 'ElasticNetworkInterface',
    status,
    details: [
      { name: 'networkInterfaceId', value: interfaceId },
      { name: 'privateIPv4Address', value: address },
    ],
  };
}

/** Returns the exit code; a container that never started has none. */
function describeContainer(ecs: EcsState, task: Task, container: TaskContainer): Container {
  const { name, arn, image, digest, exitCode, reason } = container;
  return {
    containerArn: arn,
    taskArn: task.arn,
    name,
    image,
    ...(digest !== undefined && { imageDigest: digest }),
    ...(task.startedAt && { runtimeId: `${task.id}-${Math.floor(task.startedAt.getTime() / 1000)}` }),
    lastStatus: containerStatus(task, container),
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
    networkBindings: [],
    networkInterfaces: [{ attachmentId: networkInterface(task).id, privateIpv4Address: task.address }],
    healthStatus: shownHealth(ecs, task),
    cpu: '0',
  };
}

function containerStatus({ lastStatus }: Task, { exitCode, reason }: TaskContainer): string {
  if (exitCode !== undefined || reason !== undefined || lastStatus === 'STOPPED') return 'STOPPED';
  return lastStatus === 'RUNNING' || lastStatus === 'DEACTIVATING' || lastStatus === 'STOPPING'
    ? 'RUNNING'
    : 'PENDING';
}
