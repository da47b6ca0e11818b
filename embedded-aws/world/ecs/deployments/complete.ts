import { emitDeployment } from '../events.ts';
import { say } from '../messages.ts';
import type { Service, ServiceDeployment } from '../model.ts';
import { now, type EcsState } from '../state.ts';

/** Completes the deployment: the service is steady on the deployed revision, or on the one it rolled back to. */
export function completeDeployment(ecs: EcsState, service: Service, deployment: ServiceDeployment): void {
  const { rollback, target, breaker, alarms } = deployment;
  const lead = rollback?.to ?? target;
  deployment.status = rollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL';
  deployment.finishedAt = now(ecs);
  deployment.updatedAt = now(ecs);
  if (breaker.status === 'MONITORING') breaker.status = 'MONITORING_COMPLETE';
  if (alarms.status === 'MONITORING') alarms.status = 'MONITORING_COMPLETE';
  for (const rollout of service.rollouts) {
    rollout.scaled = rollout === lead;
    if (rollout !== lead) rollout.status = 'INACTIVE';
  }
  lead.rolloutState = 'COMPLETED';
  lead.rolloutStateReason = `ECS deployment ${lead.id} completed.`;
  lead.failedTasks = 0;
  say(ecs, service, `(deployment ${lead.id}) deployment completed.`);
  const reason = lead.rolloutStateReason;
  emitDeployment(ecs, service, lead, { eventName: 'SERVICE_DEPLOYMENT_COMPLETED', reason });
  lead.updatedAt = now(ecs);
}
