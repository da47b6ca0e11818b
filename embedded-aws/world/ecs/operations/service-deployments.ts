import type {
  ContinueServiceDeploymentCommandInput,
  ContinueServiceDeploymentCommandOutput,
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  StopServiceDeploymentCommandInput,
  StopServiceDeploymentCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../service.ts';
import { onService, onServicePart } from '../access.ts';
import { missing, page, type Answer } from '../answer.ts';
import { SERVICE_DEPLOYMENT_READ, SERVICE_MODIFY } from '../buckets.ts';
import { briefDeployment, describeDeployment } from '../deployments/describe.ts';
import { answerHook, askForRollback } from '../deployments/hooks.ts';
import { ongoing } from '../deployments/ongoing.ts';
import { conflict, invalid, serviceDeploymentNotFound } from '../errors.ts';
import type { Service, ServiceDeployment } from '../model.ts';
import { lookSoon } from '../scheduler.ts';
import { findServiceDeployment, getService, now, type EcsState } from '../state.ts';

const HISTORY_DAYS = 90;
const MAX_DEPLOYMENTS_PER_CALL = 20;

export function serviceDeploymentOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    ListServiceDeployments: {
      bucket: SERVICE_DEPLOYMENT_READ,
      authorize: (input: ListServiceDeploymentsCommandInput) => [
        onService(ecs, 'ListServiceDeployments', input),
      ],
      run: (input: ListServiceDeploymentsCommandInput) => list(ecs, input),
    },
    DescribeServiceDeployments: {
      bucket: SERVICE_DEPLOYMENT_READ,
      authorize: ({ serviceDeploymentArns = [] }: DescribeServiceDeploymentsCommandInput) =>
        serviceDeploymentArns.flatMap((arn) => onServicePart(ecs, 'DescribeServiceDeployments', arn)),
      run: (input: DescribeServiceDeploymentsCommandInput) => describe(ecs, input),
    },
    StopServiceDeployment: {
      bucket: SERVICE_MODIFY,
      authorize: ({ serviceDeploymentArn = '' }: StopServiceDeploymentCommandInput) =>
        onServicePart(ecs, 'StopServiceDeployment', serviceDeploymentArn),
      run: (input: StopServiceDeploymentCommandInput) => stop(ecs, input),
    },
    ContinueServiceDeployment: {
      bucket: SERVICE_MODIFY,
      authorize: ({ serviceDeploymentArn = '' }: ContinueServiceDeploymentCommandInput) =>
        onServicePart(ecs, 'ContinueServiceDeployment', serviceDeploymentArn),
      run: (input: ContinueServiceDeploymentCommandInput) => resume(ecs, input),
    },
  };
}

/**
 * Lists the deployments of the last 90 days, newest first.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
 */
function list(
  ecs: EcsState,
  input: ListServiceDeploymentsCommandInput,
): Answer<ListServiceDeploymentsCommandOutput> {
  const service = getService(ecs, input.cluster, input.service);
  const oldest = now(ecs).getTime() - HISTORY_DAYS * 86_400_000;
  const { before, after } = input.createdAt ?? {};
  const chosen = service.deployments
    .toReversed()
    .filter(
      ({ createdAt, status }) =>
        createdAt.getTime() >= oldest &&
        (before === undefined || createdAt < before) &&
        (after === undefined || createdAt > after) &&
        (input.status === undefined || input.status.length === 0 || input.status.includes(status)),
    );
  const { items, token } = page(chosen, { maxResults: MAX_DEPLOYMENTS_PER_CALL, ...input }, 100);
  return { serviceDeployments: items.map((deployment) => briefDeployment(service, deployment)), ...token };
}

/** Describes up to 20. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
function describe(
  ecs: EcsState,
  { serviceDeploymentArns: arns = [] }: DescribeServiceDeploymentsCommandInput,
): Answer<DescribeServiceDeploymentsCommandOutput> {
  if (arns.length === 0) throw invalid('serviceDeploymentArns cannot be empty.');
  if (arns.length > MAX_DEPLOYMENTS_PER_CALL)
    throw invalid('serviceDeploymentArns cannot have more than 20 elements.');
  return {
    serviceDeployments: arns.flatMap((arn) => {
      const found = findServiceDeployment(ecs, arn);
      return found ? describeDeployment(ecs, found.service, found.deployment) : [];
    }),
    failures: arns.filter((arn) => !findServiceDeployment(ecs, arn)).map(missing),
  };
}

/**
 * Rolls back the deployment in progress; a second request changes nothing. ROLLBACK is the only stop type that the API
 * reference allows, and the default here.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
function stop(
  ecs: EcsState,
  input: StopServiceDeploymentCommandInput,
): Answer<StopServiceDeploymentCommandOutput> {
  const { serviceDeploymentArn, stopType = 'ROLLBACK' } = input;
  const { service, deployment } = underWay(ecs, serviceDeploymentArn, conflict);
  if (stopType !== 'ROLLBACK') throw invalid('The only stop type that is supported is ROLLBACK.');
  if (deployment.status === 'PENDING' || deployment.status === 'IN_PROGRESS') {
    askForRollback(ecs, deployment, 'user');
    lookSoon(ecs, service);
  }
  return { serviceDeploymentArn };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html */
function resume(
  ecs: EcsState,
  input: ContinueServiceDeploymentCommandInput,
): Answer<ContinueServiceDeploymentCommandOutput> {
  const { serviceDeploymentArn, hookId = '', action = 'CONTINUE' } = input;
  const { service, deployment } = underWay(ecs, serviceDeploymentArn, invalid);
  answerHook(ecs, deployment, { hookId, action });
  lookSoon(ecs, service);
  return { serviceDeploymentArn };
}

/** @throws AwsError ServiceDeploymentNotFoundException; `over` when it has ended */
function underWay(
  ecs: EcsState,
  arn: string | undefined,
  over: (message: string) => Error,
): { readonly service: Service; readonly deployment: ServiceDeployment } {
  const found = findServiceDeployment(ecs, arn ?? '');
  if (found === undefined) throw serviceDeploymentNotFound();
  if (ongoing(found.service) !== found.deployment) {
    throw over(`The service deployment is in the state ${found.deployment.status}.`);
  }
  return found;
}
