import type {
  Deployment as AwsRollout,
  DeploymentConfiguration,
  DescribeTaskDefinitionCommandOutput,
  Service as AwsService,
  ServiceDeployment as AwsDeployment,
  ServiceDeploymentBrief,
  ServiceRevision as AwsRevision,
} from '@aws-sdk/client-ecs';
import { readsOf, settingsOf } from './definition.ts';
import { toTags } from './tags.ts';
import { toTaskSets } from './task-sets/from-aws.ts';
import { definitionTraits } from './traits.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { FIELDS, type Configuration } from './configuration.ts';
import type {
  DeploymentLine,
  RevisionTasks,
  Rollout,
  Service,
  ServiceDeployment,
  ServiceRevision,
  TaskDefinition,
} from './ecs.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toService(service: AwsService): Service {
  return {
    arn: service.serviceArn ?? '',
    status: service.status ?? '',
    // API_Service: a service without a deployment controller has the default one.
    controller: service.deploymentController?.type ?? 'ECS',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    tags: toTags(service.tags),
    alarms: watchingAlarms(service.deploymentConfiguration),
    undoingAlarms:
      service.deploymentConfiguration?.alarms?.rollback === true
        ? watchingAlarms(service.deploymentConfiguration)
        : [],
    // Unknown: current-service-deployment.
    currentDeployment: service.currentServiceDeployment ?? null,
    revisions: (service.currentServiceRevisions ?? []).map(toTasks),
    taskSets: toTaskSets(service.taskSets),
    bakeSeconds: bakeMinutes(service.deploymentConfiguration) * 60,
    dividesTraffic: ['CANARY', 'LINEAR'].includes(service.deploymentConfiguration?.strategy ?? ''),
    rollouts: (service.deployments ?? []).map(toRollout),
    messages: (service.events ?? []).map(({ createdAt, message = '' }) => ({
      at: instant(createdAt),
      text: message,
    })),
    graceSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    breaker: breakerOf(service),
  };
}

// Unknown: rollout-state-of-blue-green.
function toRollout(deployment: AwsRollout): Rollout {
  const { id = '', status, rolloutState: state, createdAt } = deployment;
  return {
    id,
    isPrimary: status === 'PRIMARY',
    ...(state !== undefined && { state }),
    createdAt: instant(createdAt),
    desired: deployment.desiredCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    running: deployment.runningCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
  };
}

/** Default of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ThresholdConfiguration.html */
const DEFAULT_THRESHOLD = { type: 'BOUNDED_PERCENT', value: 50 } as const;
const MIN_BOUNDED_FAILURES = 3;
const MAX_BOUNDED_FAILURES = 200;

function breakerOf({ deploymentConfiguration, desiredCount = 0 }: AwsService): number | null {
  const { enable, thresholdConfiguration } = deploymentConfiguration?.deploymentCircuitBreaker ?? {};
  if (enable !== true) return null;
  const { type = DEFAULT_THRESHOLD.type, value = DEFAULT_THRESHOLD.value } = thresholdConfiguration ?? {};
  if (type === 'COUNT') return value;
  const share = Math.ceil((desiredCount * value) / 100);
  if (type !== 'BOUNDED_PERCENT') return share;
  return Math.min(Math.max(share, MIN_BOUNDED_FAILURES), MAX_BOUNDED_FAILURES);
}

function watchingAlarms(configuration: DeploymentConfiguration | undefined): readonly string[] {
  const { alarms } = configuration ?? {};
  return alarms?.enable === true ? (alarms.alarmNames ?? []) : [];
}

/**
 * Sums the bake times. Defaults of steps and bake times are those of API_LinearConfiguration and
 * API_CanaryConfiguration, Amazon ECS.
 */
function bakeMinutes(configuration: DeploymentConfiguration = {}): number {
  const { strategy, bakeTimeInMinutes = 0, linearConfiguration, canaryConfiguration } = configuration;
  switch (strategy) {
    case 'LINEAR': {
      const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = linearConfiguration ?? {};
      return bakeTimeInMinutes + Math.ceil(100 / stepPercent) * stepBakeTimeInMinutes;
    }
    case 'CANARY':
      return bakeTimeInMinutes + (canaryConfiguration?.canaryBakeTimeInMinutes ?? 10);
    default:
      return bakeTimeInMinutes;
  }
}

export function toLine(brief: ServiceDeploymentBrief): DeploymentLine {
  const { serviceDeploymentArn: arn = '', status = 'PENDING', statusReason: reason = '' } = brief;
  const { targetServiceRevisionArn: revision = '', createdAt, finishedAt } = brief;
  return {
    arn,
    status,
    reason,
    revision,
    createdAt: instant(createdAt),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export function toDeployment(deployment: AwsDeployment): ServiceDeployment {
  const {
    targetServiceRevision,
    sourceServiceRevisions = [],
    lifecycleHookDetails = [],
    rollback,
    ...rest
  } = deployment;
  const waiting = lifecycleHookDetails.find(({ status }) => status === 'AWAITING_ACTION');
  return {
    ...toLine({ ...rest, targetServiceRevisionArn: targetServiceRevision?.arn }),
    sources: sourceServiceRevisions.map(toTasks),
    rollbackRevision: rollback?.serviceRevisionArn ?? null,
    rollbackStartedAt: rollback?.startedAt?.toISOString() ?? null,
    pausedAtHook: waiting?.hookId ?? null,
    endedByItself: endedByItself(deployment),
    takesAll: takesAll(deployment),
  };
}

/**
 * Says whether a rolling deployment need not keep any task, and has no room for another. Daemon services are created in that
 * way by the API.
 * Unknown: tasks-without-a-minimum.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function takesAll({ deploymentConfiguration }: AwsDeployment): boolean {
  const { strategy = 'ROLLING', minimumHealthyPercent, maximumPercent = 200 } = deploymentConfiguration ?? {};
  return strategy === 'ROLLING' && minimumHealthyPercent === 0 && maximumPercent <= 100;
}

/**
 * Returns whether the circuit breaker or an alarm ended a deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentCircuitBreaker.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentAlarms.html
 */
function endedByItself({ deploymentCircuitBreaker, alarms }: AwsDeployment): boolean {
  return deploymentCircuitBreaker?.status === 'TRIGGERED' || alarms?.status === 'TRIGGERED';
}

function toTasks(summary: {
  arn?: string | undefined;
  requestedTaskCount?: number | undefined;
  runningTaskCount?: number | undefined;
}): RevisionTasks {
  const { arn: revision = '', requestedTaskCount: requested = 0, runningTaskCount: running = 0 } = summary;
  return { revision, requested, running };
}

export function toRevision(revision: AwsRevision): ServiceRevision {
  const {
    serviceRevisionArn = '',
    serviceArn = '',
    createdAt,
    loadBalancers = [],
    containerImages = [],
    resolvedConfiguration,
  } = revision;
  const resolved = resolvedConfiguration?.loadBalancers ?? loadBalancers;
  return {
    arn: serviceRevisionArn,
    serviceArn,
    createdAt: instant(createdAt),
    configuration: toConfiguration(revision),
    images: containerImages.map(({ containerName = '', image = '', imageDigest }) => ({
      container: containerName,
      image,
      digest: imageDigest ?? null,
    })),
    targetGroups: resolved.flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
  };
}

function toConfiguration(revision: AwsRevision): Configuration {
  const present = FIELDS.flatMap((field) =>
    revision[field] === undefined ? [] : [[field, revision[field]] as const],
  );
  return { taskDefinition: '', ...Object.fromEntries(present) };
}

export function toTaskDefinition(arn: string, answer: DescribeTaskDefinitionCommandOutput): TaskDefinition {
  const { status, containerDefinitions = [] } = answer.taskDefinition ?? {};
  const images = containerDefinitions.map(({ name: container = '', image = '' }) => ({
    container,
    image,
    digest: null,
  }));
  const { taskDefinition = {} } = answer;
  return {
    arn,
    active: status === 'ACTIVE',
    registeredAt: taskDefinition.registeredAt?.toISOString() ?? null,
    images,
    tags: toTags(answer.tags),
    settings: settingsOf(taskDefinition),
    reads: readsOf(taskDefinition),
    traits: definitionTraits(taskDefinition),
  };
}

/** ECS always gives the time of creation; a deployment without one counts as the oldest. */
function instant(date: Date = new Date(0)): Instant {
  return date.toISOString();
}
