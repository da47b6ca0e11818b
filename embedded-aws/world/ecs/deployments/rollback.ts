import { emitDeployment } from '../events.ts';
import { say } from '../messages.ts';
import type { Fault, Rollout, Service, ServiceDeployment } from '../model.ts';
import { now, type EcsState } from '../state.ts';

interface Words {
  /** `rolloutStateReason` and the event's reason, for the failed rollout. */
  readonly failed: string;
  /** The line among the service's events. */
  readonly line: string;
  /** The start of a rollback's reason. */
  readonly voice: string;
  /** The reason why the service deployment was rolled back or stopped. */
  readonly because: string;
}

/**
 * The circuit breaker's texts and the alarm's line are quoted from AWS's answers. AWS documents no others, so they are
 * invented in the same manner, and nothing may depend on them.
 */
const WORDS: Readonly<Record<Fault, Words>> = {
  'circuit-breaker': {
    failed: 'ECS deployment circuit breaker: tasks failed to start.',
    line: 'deployment failed: tasks failed to start.',
    voice: 'ECS deployment circuit breaker',
    because: 'the circuit breaker threshold was exceeded',
  },
  alarm: {
    failed: 'ECS deployment failed: alarm detected.',
    line: 'deployment failed: alarm detected.',
    voice: 'ECS deployment alarm',
    because: 'a CloudWatch alarm was detected',
  },
  user: {
    failed: 'ECS deployment was stopped by request.',
    line: 'deployment stopped by request.',
    voice: 'ECS deployment stop request',
    because: 'a rollback was requested',
  },
  hook: {
    failed: 'ECS deployment failed: lifecycle hook(s) failed.',
    line: 'deployment failed: lifecycle hook(s) failed.',
    voice: 'ECS deployment lifecycle hook',
    because: 'lifecycle hook(s) failed',
  },
};

/**
 * Fails a deployment: its rollout is FAILED and launches nothing more. It is rolled back if so configured.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 */
export function failDeployment(
  ecs: EcsState,
  service: Service,
  deployment: ServiceDeployment,
  fault: Fault,
): void {
  const { target, breaker, alarms } = deployment;
  if (fault === 'circuit-breaker') breaker.status = 'TRIGGERED';
  else if (breaker.status === 'MONITORING') breaker.status = 'MONITORING_COMPLETE';
  if (alarms.status === 'MONITORING') alarms.status = 'MONITORING_COMPLETE';
  failRollout(ecs, service, target, fault);
  if (wantsRollback(deployment, fault)) beginRollback(ecs, service, deployment, fault);
  else end(ecs, deployment, 'STOPPED', `Service deployment stopped because ${WORDS[fault].because}.`);
}

/** Fails a rollback. It is not rolled back again, and launches nothing more. */
export function failRollback(
  ecs: EcsState,
  service: Service,
  deployment: ServiceDeployment,
  to: Rollout,
): void {
  failRollout(ecs, service, to, 'circuit-breaker');
  end(
    ecs,
    deployment,
    'ROLLBACK_FAILED',
    `Service deployment rollback failed because ${WORDS['circuit-breaker'].because}.`,
  );
}

/** Returns the newest other rollout that completed: the target of a rollback. */
export function rollbackCandidate(service: Service, target: Rollout): Rollout | undefined {
  return service.rollouts.find((one) => one !== target && one.rolloutState === 'COMPLETED');
}

/**
 * Fails a rollout. SERVICE_DEPLOYMENT_FAILED is documented for the circuit breaker and the alarms; a stop request emits
 * none.
 */
function failRollout(ecs: EcsState, service: Service, rollout: Rollout, fault: Fault): void {
  const { failed, line } = WORDS[fault];
  rollout.rolloutState = 'FAILED';
  rollout.rolloutStateReason = failed;
  say(ecs, service, `(deployment ${rollout.id}) ${line}`);
  if (fault === 'user') return;
  emitDeployment(ecs, service, rollout, { eventName: 'SERVICE_DEPLOYMENT_FAILED', reason: failed });
}

function wantsRollback({ configuration }: ServiceDeployment, fault: Fault): boolean {
  if (fault === 'circuit-breaker') return configuration.deploymentCircuitBreaker?.rollback === true;
  if (fault === 'alarm') return configuration.alarms?.rollback === true;
  return true;
}

/**
 * Makes the old rollout PRIMARY again, with its old revision. The failed one stays ACTIVE until its tasks are gone.
 * Without a completed deployment there is no target.
 */
function beginRollback(ecs: EcsState, service: Service, deployment: ServiceDeployment, fault: Fault): void {
  const to = rollbackCandidate(service, deployment.target);
  if (to === undefined) {
    end(ecs, deployment, 'ROLLBACK_FAILED', 'No rollback candidate was found to run the rollback.');
    return;
  }
  const { voice, because } = WORDS[fault];
  const reason = `Service deployment rolled back because ${because}.`;
  deployment.status = 'ROLLBACK_IN_PROGRESS';
  deployment.statusReason = reason;
  deployment.updatedAt = now(ecs);
  deployment.rollback = { fault, reason, startedAt: now(ecs), to };
  service.workload = to.revision.workload;
  promote(ecs, service, to, `${voice}: rolling back to deploymentId ${to.id}.`);
}

function promote(ecs: EcsState, service: Service, to: Rollout, reason: string): void {
  for (const rollout of service.rollouts) if (rollout.status === 'PRIMARY') rollout.status = 'ACTIVE';
  service.rollouts.splice(service.rollouts.indexOf(to), 1);
  service.rollouts.unshift(to);
  to.status = 'PRIMARY';
  to.rolloutState = 'IN_PROGRESS';
  to.rolloutStateReason = reason;
  to.failedTasks = 0;
  to.startFailures = 0;
  to.launchNotBefore = 0;
  to.updatedAt = now(ecs);
  say(ecs, service, `rolling back to deployment ${to.id}.`);
  emitDeployment(ecs, service, to, { eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS', reason });
}

function end(
  ecs: EcsState,
  deployment: ServiceDeployment,
  status: 'STOPPED' | 'ROLLBACK_FAILED',
  reason: string,
): void {
  deployment.status = status;
  deployment.statusReason = reason;
  deployment.finishedAt = now(ecs);
  deployment.updatedAt = now(ecs);
  if (status === 'STOPPED') deployment.stoppedAt = now(ecs);
}
