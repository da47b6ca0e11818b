import type {
  DeploymentLifecycleHookDetail,
  ServiceDeployment as DeploymentOutput,
  ServiceDeploymentBrief,
  ServiceDeploymentLifecycleStage,
  ServiceRevisionSummary,
} from '@aws-sdk/client-ecs';
import { threshold } from '../circuit-breaker.ts';
import type { Hook, Rollout, Service, ServiceDeployment } from '../model.ts';
import { tasksOf, type EcsState } from '../state.ts';
import { tally } from '../tasks/tally.ts';
import { sourceInProduction } from './traffic.ts';

/** Returns a service deployment as ListServiceDeployments shows it. */
export function briefDeployment(service: Service, deployment: ServiceDeployment): ServiceDeploymentBrief {
  const { arn, startedAt, createdAt, finishedAt, target, status, statusReason } = deployment;
  return {
    serviceDeploymentArn: arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...(startedAt && { startedAt }),
    createdAt,
    ...(finishedAt && { finishedAt }),
    targetServiceRevisionArn: target.revision.arn,
    status,
    ...(statusReason !== undefined && { statusReason }),
  };
}

/** Returns a service deployment as DescribeServiceDeployments shows it. */
export function describeDeployment(
  ecs: EcsState,
  service: Service,
  deployment: ServiceDeployment,
): DeploymentOutput {
  const { createdAt, startedAt, finishedAt, stoppedAt, updatedAt, stage, rollback, statusReason } =
    deployment;
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt,
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...(stoppedAt && { stoppedAt }),
    updatedAt,
    sourceServiceRevisions: deployment.sources.map((source) => ({
      ...summarize(ecs, service, deployment, source),
      // Assumed: what was requested when it began. Unknown: source-requested-count.
      requestedTaskCount: deployment.requested.get(source) ?? 0,
    })),
    targetServiceRevision: summarize(ecs, service, deployment, deployment.target),
    status: deployment.status,
    ...(statusReason !== undefined && { statusReason }),
    ...(stage && { lifecycleStage: stage as ServiceDeploymentLifecycleStage }),
    ...(deployment.hooks.length > 0 && { lifecycleHookDetails: deployment.hooks.map(describeHook) }),
    deploymentConfiguration: deployment.configuration,
    ...(rollback && {
      rollback: {
        reason: rollback.reason,
        startedAt: rollback.startedAt,
        serviceRevisionArn: rollback.to.revision.arn,
      },
    }),
    deploymentCircuitBreaker: {
      status: deployment.breaker.status,
      failureCount: deployment.breaker.failureCount,
      threshold: threshold(deployment.configuration, service.desiredCount),
    },
    alarms: describeAlarms(deployment),
  };
}

function summarize(
  ecs: EcsState,
  service: Service,
  deployment: ServiceDeployment,
  rollout: Rollout,
): ServiceRevisionSummary {
  const counts = tally(tasksOf(ecs, service).filter((task) => task.rollout === rollout));
  const isLead = rollout === (deployment.rollback?.to ?? deployment.target);
  return {
    arn: rollout.revision.arn,
    requestedTaskCount: isLead ? service.desiredCount : counts.wanted,
    runningTaskCount: counts.running,
    pendingTaskCount: counts.pending,
    ...weights(deployment, rollout),
  };
}

/** Returns traffic weights, which exist only where traffic is shifted. */
function weights(deployment: ServiceDeployment, rollout: Rollout): Partial<ServiceRevisionSummary> {
  const { configuration, target, productionWeight, testWeight } = deployment;
  if ((configuration.strategy ?? 'ROLLING') === 'ROLLING') return {};
  if (rollout === target) {
    return { requestedProductionTrafficWeight: productionWeight, requestedTestTrafficWeight: testWeight };
  }
  const production = rollout === sourceInProduction(deployment) ? 100 - productionWeight : 0;
  return { requestedProductionTrafficWeight: production, requestedTestTrafficWeight: 0 };
}

function describeHook({ id, status, expiresAt, timeoutAction }: Hook): DeploymentLifecycleHookDetail {
  return { hookId: id, targetType: 'PAUSE', status, expiresAt, timeoutAction };
}

function describeAlarms({
  alarms,
  configuration,
}: ServiceDeployment): NonNullable<DeploymentOutput['alarms']> {
  const alarmNames = configuration.alarms?.alarmNames ?? [];
  return {
    status: alarms.status,
    ...(alarmNames.length > 0 && { alarmNames }),
    ...(alarms.triggered.length > 0 && { triggeredAlarmNames: [...alarms.triggered] }),
  };
}
