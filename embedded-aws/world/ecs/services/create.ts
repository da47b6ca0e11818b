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
import { refuseRevisionOnly } from './revision-only.ts';
import { createTaskSet } from '../task-sets/create.ts';
import { describeService } from './describe.ts';
import { desiredCount } from './desired-count.ts';
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
  begin(ecs, service, input);
  schedule(ecs, service);
  lookSoon(ecs, service);
  return { service: describeService(ecs, service) };
}

/**
 * Starts a new service. Under CODE_DEPLOY it begins with a task set that serves; under EXTERNAL it has none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
 */
function begin(
  ecs: EcsState,
  service: Service,
  { taskDefinition = '', ...input }: CreateServiceCommandInput,
): void {
  const { workload, controller } = service;
  if (workload === null) return;
  if (controller === 'ECS') createDeployment(ecs, service, workload);
  else createTaskSet(ecs, service, { settings: { ...input, taskDefinition }, status: 'PRIMARY', scale: 100 });
}

function newService(ecs: EcsState, input: CreateServiceCommandInput, role: string): Service {
  const { serviceName: name = '', deploymentConfiguration, schedulingStrategy = 'REPLICA' } = input;
  if (!/^[\w-]{1,255}$/.test(name)) throw invalid('Service name must match [A-Za-z0-9_-].');
  if (schedulingStrategy !== 'REPLICA') throw notModelled('the scheduling strategy DAEMON');
  const cluster = getCluster(ecs, input.cluster);
  const controller = input.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') refuseRevisionOnly(controller, input);
  return {
    arn: serviceArn(cluster.name, name),
    name,
    cluster,
    createdAt: now(ecs),
    createdBy: arn('iam', `role/${role}`, { region: '' }),
    controller,
    tags: toTags(input.tags),
    events: [],
    rollouts: [],
    revisions: [],
    deployments: [],
    taskSets: [],
    status: 'ACTIVE',
    desiredCount: desiredCount(input.desiredCount, 0),
    workload: controller === 'EXTERNAL' ? null : firstWorkload(ecs, input),
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
