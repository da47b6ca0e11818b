import type { CreateServiceCommandInput, CreateServiceCommandOutput } from '@aws-sdk/client-ecs';
import { arn } from '../../aws.ts';
import type { Caller } from '../../service.ts';
import { toTags, type Answer } from '../answer.ts';
import { serviceArn } from '../arns.ts';
import { createDeployment } from '../deployments/start.ts';
import { invalid, notModelled } from '../errors.ts';
import type { Service } from '../model.ts';
import { lookSoon, schedule } from '../scheduler.ts';
import { getCluster, now, type EcsState } from '../state.ts';
import { configure } from './configuration.ts';
import { describeService } from './describe.ts';
import { firstWorkload } from './workload.ts';

/** @throws AwsError ClusterNotFoundException, InvalidParameterException, ClientException */
export function createService(
  ecs: EcsState,
  input: CreateServiceCommandInput,
  { role }: Caller,
): Answer<CreateServiceCommandOutput> {
  const service = newService(ecs, input, role);
  const before = ecs.services.get(service.arn);
  if (before && before.status !== 'INACTIVE') throw invalid('Creation of service was not idempotent.');
  ecs.services.set(service.arn, service);
  if (service.controller === 'ECS') {
    createDeployment(ecs, service);
    schedule(ecs, service);
    lookSoon(ecs, service);
  }
  return { service: describeService(ecs, service) };
}

/** The other controllers can be seen, so that they can be refused by name; what they do is not modelled. */
function newService(ecs: EcsState, input: CreateServiceCommandInput, role: string): Service {
  const { serviceName: name = '', deploymentConfiguration, schedulingStrategy = 'REPLICA' } = input;
  if (!/^[\w-]{1,255}$/.test(name)) throw invalid('Service name must match [A-Za-z0-9_-].');
  if (schedulingStrategy !== 'REPLICA') throw notModelled('the scheduling strategy DAEMON');
  const cluster = getCluster(ecs, input.cluster);
  return {
    arn: serviceArn(cluster.name, name),
    name,
    cluster,
    createdAt: now(ecs),
    createdBy: arn('iam', `role/${role}`, { region: '' }),
    controller: input.deploymentController?.type ?? 'ECS',
    tags: toTags(input.tags),
    events: [],
    rollouts: [],
    revisions: [],
    deployments: [],
    status: 'ACTIVE',
    desiredCount: input.desiredCount ?? 0,
    workload: firstWorkload(ecs, input),
    configuration: configure(deploymentConfiguration),
    settings: {
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
      enableECSManagedTags: input.enableECSManagedTags ?? false,
      enableExecuteCommand: input.enableExecuteCommand ?? false,
      propagateTags: input.propagateTags ?? 'NONE',
      availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? 'ENABLED',
    },
    steady: false,
  };
}
