import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { isDeepStrictEqual } from 'node:util';
import { invalid } from '../errors.ts';
import type { RevisionOnly, Workload } from '../model.ts';
import type { EcsState } from '../state.ts';
import { getRunnable } from '../task-definitions.ts';
import { nextRevisionOnly, refuseUnfounded } from './revision-only.ts';

type FirstWorkload = Partial<
  Pick<
    CreateServiceCommandInput,
    | 'taskDefinition'
    | 'launchType'
    | 'capacityProviderStrategy'
    | 'platformVersion'
    | 'loadBalancers'
    | 'serviceRegistries'
    | 'networkConfiguration'
    | keyof RevisionOnly
  >
>;

/**
 * Returns the workload of a new service or task set.
 * @throws AwsError InvalidParameterException, ClientException
 */
export function firstWorkload(ecs: EcsState, input: FirstWorkload): Workload {
  const { taskDefinition, launchType, capacityProviderStrategy, networkConfiguration } = input;
  if (taskDefinition === undefined) throw invalid('TaskDefinition cannot be blank.');
  const byProvider = capacityProviderStrategy !== undefined && capacityProviderStrategy.length > 0;
  const workload: Workload = {
    taskDefinition: getRunnable(ecs, taskDefinition),
    ...(byProvider ? { capacityProviderStrategy } : { launchType: launchType ?? 'EC2' }),
    ...((byProvider || launchType === 'FARGATE') && {
      platformVersion: input.platformVersion ?? 'LATEST',
      platformFamily: 'Linux',
    }),
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    ...(networkConfiguration && { networkConfiguration }),
    revisionOnly: nextRevisionOnly({}, input),
  };
  return checked(workload);
}

/** The part of a workload that services and task sets show, with the task definition's ARN. */
export type ShownWorkload = Omit<Workload, 'taskDefinition' | 'revisionOnly'> & {
  readonly taskDefinition: string;
};

export function shownWorkload({ taskDefinition, revisionOnly: _, ...shown }: Workload): ShownWorkload {
  return { ...shown, taskDefinition: taskDefinition.arn };
}

/** Returns the workload after an update. Settings that the request omits stay. */
export function nextWorkload(ecs: EcsState, present: Workload, input: UpdateServiceCommandInput): Workload {
  const { taskDefinition, platformVersion, loadBalancers, serviceRegistries, networkConfiguration } = input;
  const { capacityProviderStrategy } = input;
  return checked({
    ...present,
    ...(taskDefinition !== undefined && { taskDefinition: getRunnable(ecs, taskDefinition) }),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(loadBalancers && { loadBalancers }),
    ...(serviceRegistries && { serviceRegistries }),
    ...(networkConfiguration && { networkConfiguration }),
    ...(capacityProviderStrategy && { capacityProviderStrategy }),
    revisionOnly: nextRevisionOnly(present.revisionOnly, input),
  });
}

/**
 * Returns whether an update starts a deployment: only a changed setting that starts one does. The capacity provider
 * strategy is not among them. The page says nothing of gateway connectors and monitoring; assumed: they start none.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function needsDeployment(before: Workload, after: Workload): boolean {
  const settings = ({ taskDefinition, revisionOnly, ...others }: Workload): unknown => ({
    ...others,
    ...revisionOnly,
    taskDefinition: taskDefinition.arn,
    ...{ capacityProviderStrategy: undefined, gatewayConnectors: undefined, monitoring: undefined },
  });
  return !isDeepStrictEqual(settings(before), settings(after));
}

/**
 * Refuses another capacity provider strategy unless the deployment is forced. AWS does not document this; the text is
 * AWS's, as quoted in https://github.com/pipe-cd/pipecd/pull/6385 and https://github.com/reproio/ecs_deploy/pull/74.
 * Assumed: a change back to a launch type must be forced too.
 * @throws AwsError InvalidParameterException
 */
export function refuseUnforced(before: Workload, after: Workload): void {
  const strategy = ({ capacityProviderStrategy = [] }: Workload): unknown => capacityProviderStrategy;
  if (isDeepStrictEqual(strategy(before), strategy(after))) return;
  throw invalid(
    'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.',
  );
}

function checked(workload: Workload): Workload {
  const { networkMode, containerDefinitions = [] } = workload.taskDefinition.registered;
  if (networkMode === 'awsvpc' && workload.networkConfiguration?.awsvpcConfiguration === undefined) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  for (const { containerName, containerPort } of workload.loadBalancers ?? []) {
    const container = containerDefinitions.find(({ name }) => name === containerName);
    if (container === undefined) {
      throw invalid(`The container ${containerName ?? ''} does not exist in the task definition.`);
    }
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
      throw invalid(
        `The container ${containerName ?? ''} did not have a container port ${containerPort ?? ''} defined.`,
      );
    }
  }
  refuseUnfounded(workload.revisionOnly, workload.taskDefinition);
  return workload;
}
