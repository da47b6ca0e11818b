import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { lastPart, serviceDeploymentArn } from '../arns.ts';
import { emitDeployment } from '../events.ts';
import type { Revision, Rollout, Service, ServiceDeployment, Workload } from '../model.ts';
import { createRevision } from '../revisions.ts';
import { now, tasksOf, type EcsState } from '../state.ts';
import { tally } from '../tasks/tally.ts';
import { beginWatch } from './alarms.ts';
import { ongoing } from './ongoing.ts';

/**
 * Deploys the service's present workload: a new revision becomes PRIMARY, and the deployment in progress is stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export function createDeployment(ecs: EcsState, service: Service, workload: Workload): ServiceDeployment {
  supersede(ecs, service);
  const target = createRollout(ecs, createRevision(ecs, service, workload));
  const alive = new Set(tasksOf(ecs, service).map(({ rollout }) => rollout));
  const sources = service.rollouts.filter((rollout) => alive.has(rollout));
  for (const rollout of service.rollouts) {
    if (rollout.status === 'PRIMARY') rollout.status = alive.has(rollout) ? 'ACTIVE' : 'INACTIVE';
  }
  service.rollouts.unshift(target);
  service.steady = false;
  const deployment = newDeployment(ecs, service, {
    target,
    sources,
    requested: wantedOf(ecs, service, sources),
  });
  service.deployments.push(deployment);
  return deployment;
}

/** Turns PENDING to IN_PROGRESS. */
export function startDeployment(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const { target } = deployment;
  deployment.status = 'IN_PROGRESS';
  deployment.startedAt = now(ecs);
  deployment.stageSince = now(ecs).getTime();
  beginWatch(ecs, deployment);
  emitDeployment(ecs, service, target, {
    eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS',
    reason: target.rolloutStateReason,
  });
}

/**
 * Ends the deployment in progress in favour of a newer one. Its rollout stays ACTIVE and IN_PROGRESS until its tasks
 * are gone. AWS does not document the service deployment's state; STOPPED is the only completed state that fits.
 */
function supersede(ecs: EcsState, service: Service): void {
  const deployment = ongoing(service);
  if (deployment === undefined) return;
  deployment.status = 'STOPPED';
  deployment.statusReason = 'Service deployment stopped because a newer service deployment started.';
  deployment.stoppedAt = now(ecs);
  deployment.finishedAt = now(ecs);
  deployment.updatedAt = now(ecs);
  if (deployment.breaker.status === 'MONITORING') deployment.breaker.status = 'MONITORING_COMPLETE';
  if (deployment.alarms.status === 'MONITORING') deployment.alarms.status = 'MONITORING_COMPLETE';
}

/**
 * Creates a rollout with the number of its service revision. AWS does not document this, but every recorded pair
 * agrees.
 */
function createRollout(ecs: EcsState, revision: Revision): Rollout {
  const id = `ecs-svc/${lastPart(revision.arn)}`;
  return {
    id,
    revision,
    createdAt: now(ecs),
    updatedAt: now(ecs),
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    failedTasks: 0,
    startFailures: 0,
    launchNotBefore: 0,
    scaled: false,
  };
}

function wantedOf(
  ecs: EcsState,
  service: Service,
  sources: readonly Rollout[],
): ServiceDeployment['requested'] {
  const tasks = tasksOf(ecs, service);
  return new Map(sources.map((one) => [one, tally(tasks.filter(({ rollout }) => rollout === one)).wanted]));
}

function newDeployment(
  ecs: EcsState,
  service: Service,
  parts: Pick<ServiceDeployment, 'target' | 'sources' | 'requested'>,
): ServiceDeployment {
  const configuration: DeploymentConfiguration = structuredClone(service.configuration);
  return {
    ...parts,
    arn: serviceDeploymentArn(service.cluster.name, service.name, ecs.ids.serviceDeployment()),
    createdAt: now(ecs),
    updatedAt: now(ecs),
    configuration,
    breaker: {
      status: configuration.deploymentCircuitBreaker?.enable === true ? 'MONITORING' : 'DISABLED',
      failureCount: 0,
    },
    alarms: { status: 'DISABLED', triggered: [] },
    hooks: [],
    status: 'PENDING',
    stageSince: now(ecs).getTime(),
    productionWeight: 0,
    testWeight: 0,
  };
}
