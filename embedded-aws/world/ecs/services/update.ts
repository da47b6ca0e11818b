import type { UpdateServiceCommandInput, UpdateServiceCommandOutput } from '@aws-sdk/client-ecs';
import type { Answer } from '../answer.ts';
import { createDeployment } from '../deployments/start.ts';
import { notModelled, serviceNotActive } from '../errors.ts';
import type { Service } from '../model.ts';
import { lookSoon } from '../scheduler.ts';
import { getService, type EcsState } from '../state.ts';
import { configure } from './configuration.ts';
import { describeService } from './describe.ts';
import { desiredCount } from './desired-count.ts';
import { refuseDeploying } from './refuse-deploying.ts';
import { needsDeployment, nextWorkload, refuseUnforced } from './workload.ts';

/**
 * Changes a service. A new deployment starts when forced, or when the workload has changed. The desired count and the
 * other settings take effect without one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-service-parameters.html
 * @throws AwsError ServiceNotFoundException, ServiceNotActiveException, ClientException, InvalidParameterException
 */
export function updateService(
  ecs: EcsState,
  input: UpdateServiceCommandInput,
): Answer<UpdateServiceCommandOutput> {
  const service = getService(ecs, input.cluster, input.service);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  if (service.workload === null || service.controller !== 'ECS') return updateOthers(ecs, service, input);
  if (input.deploymentController && input.deploymentController.type !== 'ECS') {
    throw notModelled('a change of the deployment controller');
  }
  const workload = nextWorkload(ecs, service.workload, input);
  if (input.forceNewDeployment !== true) refuseUnforced(service.workload, workload);
  const configuration = configure(input.deploymentConfiguration, service.configuration);
  const count = desiredCount(input.desiredCount, service.desiredCount);
  const changed = needsDeployment(service.workload, workload);

  service.workload = workload;
  service.configuration = configuration;
  service.desiredCount = count;
  service.settings = nextSettings(service, input);
  if (changed || input.forceNewDeployment === true) createDeployment(ecs, service, workload);
  lookSoon(ecs, service);
  return { service: describeService(ecs, service) };
}

/** Changes a service that ECS does not deploy: only settings that start no deployment. */
function updateOthers(
  ecs: EcsState,
  service: Service,
  input: UpdateServiceCommandInput,
): Answer<UpdateServiceCommandOutput> {
  refuseDeploying(service, input);
  const count = desiredCount(input.desiredCount, service.desiredCount);
  service.configuration = configure(input.deploymentConfiguration, service.configuration);
  service.desiredCount = count;
  service.settings = nextSettings(service, input);
  lookSoon(ecs, service);
  return { service: describeService(ecs, service) };
}

function nextSettings({ settings }: Service, input: UpdateServiceCommandInput): Service['settings'] {
  return {
    healthCheckGracePeriodSeconds:
      input.healthCheckGracePeriodSeconds ?? settings.healthCheckGracePeriodSeconds,
    enableECSManagedTags: input.enableECSManagedTags ?? settings.enableECSManagedTags,
    enableExecuteCommand: input.enableExecuteCommand ?? settings.enableExecuteCommand,
    propagateTags: input.propagateTags ?? settings.propagateTags,
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? settings.availabilityZoneRebalancing,
  };
}
