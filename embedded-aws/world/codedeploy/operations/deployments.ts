import type {
  BatchGetDeploymentsInput,
  BatchGetDeploymentsOutput,
  ContinueDeploymentInput,
  CreateDeploymentInput,
  CreateDeploymentOutput,
  GetDeploymentInput,
  GetDeploymentOutput,
  ListDeploymentsInput,
  ListDeploymentsOutput,
  StopDeploymentInput,
  StopDeploymentOutput,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { onAll, onDeployment, onGroup } from '../access.ts';
import { page } from '../answer.ts';
import { create } from '../deployments/create.ts';
import { stop } from '../deployments/stop.ts';
import { describeDeployment } from '../describe.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import { findDeployment, findGroup, type CodeDeployState } from '../state.ts';

/** The operations on deployments: create, stop, continue, describe. */
export function deploymentOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return { ...writes(state), ...reads(state) };
}

function writes(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    CreateDeployment: {
      authorize: (input: CreateDeploymentInput) => [onGroup(state, 'CreateDeployment', input)],
      run: (input: CreateDeploymentInput): CreateDeploymentOutput => {
        const group = findGroup(state, input.applicationName, input.deploymentGroupName);
        const { revision } = input;
        const making = { asked: input, revision, creator: 'user', rollbackOf: null } as const;
        return { deploymentId: create(state, group, making).id };
      },
    },
    StopDeployment: {
      authorize: () => [onAll('StopDeployment')],
      run: ({ deploymentId, autoRollbackEnabled }: StopDeploymentInput): StopDeploymentOutput => {
        stop(state, findDeployment(state, deploymentId), autoRollbackEnabled);
        return {
          status: 'Pending',
          statusMessage: 'Stopping Pending. Waiting for lifecycle events to complete.',
        };
      },
    },
    ContinueDeployment: {
      authorize: () => [onAll('ContinueDeployment')],
      run: ({ deploymentId, deploymentWaitType = 'READY_WAIT' }: ContinueDeploymentInput) => {
        const deployment = findDeployment(state, deploymentId);
        if (deployment.run === null || deployment.status !== 'Ready')
          throw invalid('DeploymentIsNotInReadyStateException', 'The deployment is not in a ready state.');
        deployment.run.proceed(deploymentWaitType);
        return {};
      },
    },
  };
}

function reads(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    GetDeployment: {
      authorize: ({ deploymentId }: GetDeploymentInput) => [
        onDeployment(state, 'GetDeployment', deploymentId),
      ],
      run: ({ deploymentId }: GetDeploymentInput): GetDeploymentOutput => ({
        deploymentInfo: describeDeployment(findDeployment(state, deploymentId)),
      }),
    },
    BatchGetDeployments: {
      authorize: ({ deploymentIds = [] }: BatchGetDeploymentsInput) =>
        deploymentIds.map((id) => onDeployment(state, 'BatchGetDeployments', id)),
      run: ({ deploymentIds = [] }: BatchGetDeploymentsInput): BatchGetDeploymentsOutput => {
        if (deploymentIds.length > 25)
          throw invalid('BatchLimitExceededException', 'The maximum number of names or IDs is 25.');
        return {
          deploymentsInfo: deploymentIds.map((id) => describeDeployment(findDeployment(state, id))),
        };
      },
    },
    ListDeployments: {
      // AWS does not document which resource IAM checks without a group; here it is all of them.
      authorize: (input: ListDeploymentsInput) => [
        isOfAccount(input) ? onAll('ListDeployments') : onGroup(state, 'ListDeployments', input),
      ],
      run: (input: ListDeploymentsInput): ListDeploymentsOutput => {
        const { nextToken } = input;
        const deployments = isOfAccount(input) ? [...state.deployments.values()] : ofGroup(state, input);
        const found = deployments.toReversed().filter((deployment) => isAsked(deployment, input));
        const { items, token } = page(
          found.map(({ id }) => id),
          nextToken,
        );
        return { deployments: items, ...token };
      },
    },
  };
}

/**
 * Returns whether the request names neither: it lists the account's deployments. One name alone is refused
 * (API_ListDeployments).
 */
function isOfAccount({ applicationName, deploymentGroupName }: ListDeploymentsInput): boolean {
  return applicationName === undefined && deploymentGroupName === undefined;
}

/** @throws AwsError ApplicationNameRequiredException, DeploymentGroupNameRequiredException */
function ofGroup(state: CodeDeployState, input: ListDeploymentsInput): readonly Deployment[] {
  const { applicationName, deploymentGroupName } = input;
  if (applicationName === undefined)
    throw invalid('ApplicationNameRequiredException', 'The application name is required.');
  if (deploymentGroupName === undefined)
    throw invalid('DeploymentGroupNameRequiredException', 'The deployment group name is required.');
  return findGroup(state, applicationName, deploymentGroupName).deployments;
}

function isAsked(
  { status, createTime }: Deployment,
  { includeOnlyStatuses = [], createTimeRange: { start, end } = {} }: ListDeploymentsInput,
): boolean {
  if (includeOnlyStatuses.length > 0 && !includeOnlyStatuses.includes(status)) return false;
  return (start === undefined || createTime >= start) && (end === undefined || createTime <= end);
}
