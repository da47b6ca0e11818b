import type { DeleteServiceCommandInput, DeleteServiceCommandOutput } from '@aws-sdk/client-ecs';
import type { Answer } from '../answer.ts';
import { ongoing } from '../deployments/ongoing.ts';
import { invalid, serviceNotActive } from '../errors.ts';
import { lookSoon } from '../scheduler.ts';
import { getService, now, type EcsState } from '../state.ts';
import { describeService } from './describe.ts';

/**
 * Deletes a service: ACTIVE turns to DRAINING and, with the last task, to INACTIVE. Its service revisions disappear
 * with it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
 * @throws AwsError ServiceNotFoundException, ServiceNotActiveException, InvalidParameterException
 */
export function deleteService(
  ecs: EcsState,
  input: DeleteServiceCommandInput,
): Answer<DeleteServiceCommandOutput> {
  const service = getService(ecs, input.cluster, input.service);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  if (service.desiredCount > 0 && input.force !== true) {
    throw invalid('The service cannot be stopped while it is scaled above 0.');
  }
  const deployment = ongoing(service);
  if (deployment) {
    deployment.status = 'STOPPED';
    deployment.statusReason = 'Service deployment stopped because the service was deleted.';
    deployment.stoppedAt = now(ecs);
    deployment.finishedAt = now(ecs);
    deployment.updatedAt = now(ecs);
  }
  service.status = 'DRAINING';
  service.taskSets.length = 0;
  service.desiredCount = 0;
  service.revisions.length = 0;
  lookSoon(ecs, service);
  return { service: describeService(ecs, service) };
}
