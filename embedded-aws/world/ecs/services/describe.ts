import type {
  Deployment,
  Service as ServiceOutput,
  ServiceCurrentRevisionSummary,
} from '@aws-sdk/client-ecs';
import { arn } from '../../aws.ts';
import { fromTags } from '../answer.ts';
import { primary } from '../deployments/ongoing.ts';
import type { RevisionOnly, Rollout, Service } from '../model.ts';
import { tasksOf, type EcsState } from '../state.ts';
import { describeTaskSet } from '../task-sets/describe.ts';
import { tally } from '../tasks/tally.ts';
import { fargateVersion } from '../tasks/describe.ts';
import { shownWorkload } from './workload.ts';

/** Returns a service as DescribeServices shows it, without its tags. */
export function describeService(ecs: EcsState, service: Service): ServiceOutput {
  const { workload, settings, deployments, taskSets, controller } = service;
  const counts = tally(tasksOf(ecs, service));
  const newest = deployments.at(-1);
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    ...(workload && shownWorkload(workload)),
    deploymentConfiguration: service.configuration,
    ...(controller !== 'ECS' && { taskSets: taskSets.map((set) => describeTaskSet(ecs, set)) }),
    deployments: entries(ecs, service).map((rollout) => describeRollout(ecs, service, rollout)),
    roleArn: arn('iam', 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS', { region: '' }),
    events: [...service.events],
    createdAt: service.createdAt,
    // The service's newest deployment. AWS does not document whether a completed one is still shown.
    ...(newest && { currentServiceDeployment: newest.arn }),
    currentServiceRevisions: currentRevisions(ecs, service),
    placementConstraints: [],
    placementStrategy: [],
    ...settings,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: controller },
    createdBy: service.createdBy,
  };
}

export function describeTags(service: Service): Pick<ServiceOutput, 'tags'> {
  return { tags: fromTags(service.tags) };
}

/** Returns the PRIMARY rollout, and each ACTIVE one that has tasks. */
function entries(ecs: EcsState, service: Service): readonly Rollout[] {
  if (service.status === 'INACTIVE') return [];
  const alive = new Set(tasksOf(ecs, service).map(({ rollout }) => rollout));
  return service.rollouts.filter(
    (rollout) =>
      rollout.status === 'PRIMARY' || (rollout.status === 'ACTIVE' && isShown(rollout, alive.has(rollout))),
  );
}

/**
 * Returns whether a rollout is shown. A failed one is shown until the rollback has completed, with or without tasks.
 */
function isShown({ rolloutState }: Rollout, alive: boolean): boolean {
  return alive || rolloutState === 'FAILED';
}

function describeRollout(ecs: EcsState, service: Service, rollout: Rollout): Deployment {
  const { workload } = rollout.revision;
  const {
    taskDefinition,
    launchType,
    capacityProviderStrategy,
    platformVersion,
    platformFamily,
    networkConfiguration,
  } = workload;
  const counts = tally(tasksOf(ecs, service).filter((task) => task.rollout === rollout));
  return {
    id: rollout.id,
    status: rollout.status,
    taskDefinition: taskDefinition.arn,
    desiredCount: rollout.status === 'PRIMARY' ? service.desiredCount : counts.wanted,
    pendingCount: counts.pending,
    runningCount: counts.running,
    failedTasks: rollout.failedTasks,
    createdAt: rollout.createdAt,
    updatedAt: rollout.updatedAt,
    ...(capacityProviderStrategy && { capacityProviderStrategy }),
    ...(launchType && { launchType }),
    ...(platformVersion !== undefined && { platformVersion: fargateVersion(platformVersion) }),
    ...(platformFamily !== undefined && { platformFamily }),
    ...(networkConfiguration && { networkConfiguration }),
    ...connections(workload.revisionOnly),
    rolloutState: rollout.rolloutState,
    rolloutStateReason: rollout.rolloutStateReason,
  };
}

/** Returns the settings that an entry of `deployments` shows, which has no gateway connectors and no monitoring. */
function connections({
  serviceConnectConfiguration,
  volumeConfigurations,
  vpcLatticeConfigurations,
}: RevisionOnly): Partial<Deployment> {
  return {
    ...(serviceConnectConfiguration && { serviceConnectConfiguration }),
    ...(volumeConfigurations && { volumeConfigurations }),
    ...(vpcLatticeConfigurations && { vpcLatticeConfigurations }),
  };
}

function currentRevisions(ecs: EcsState, service: Service): ServiceCurrentRevisionSummary[] {
  const lead = primary(service);
  return entries(ecs, service)
    .map((rollout) => {
      const counts = tally(tasksOf(ecs, service).filter((task) => task.rollout === rollout));
      return { rollout, counts };
    })
    .filter(({ rollout, counts }) => rollout === lead || counts.running + counts.pending > 0)
    .map(({ rollout, counts }) => ({
      arn: rollout.revision.arn,
      requestedTaskCount: rollout === lead ? service.desiredCount : counts.wanted,
      runningTaskCount: counts.running,
      pendingTaskCount: counts.pending,
    }));
}
