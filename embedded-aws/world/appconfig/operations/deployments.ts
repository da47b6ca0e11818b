import type {
  ListDeploymentsRequest,
  StartDeploymentRequest,
  StopDeploymentRequest,
} from '@aws-sdk/client-appconfig';
import { on, onArn } from '../access.ts';
import { stop } from '../deployments/back.ts';
import { start } from '../deployments/start.ts';
import { describeDeployment, summarise } from '../describe.ts';
import { strategyArn } from '../names.ts';
import { findDeployment, findEnvironment, type AppConfigState, type Ids } from '../state.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_Operations.html */
export function deploymentOperations(state: AppConfigState) {
  return {
    StartDeployment: {
      authorize: (input: StartDeploymentRequest) => [
        ...on(state, 'StartDeployment', 'application', 'environment', 'profile')(input),
        onArn(state, 'StartDeployment', strategyArn(input.DeploymentStrategyId ?? '')),
      ],
      run: (input: StartDeploymentRequest) => describeDeployment(start(state, input)),
    },
    StopDeployment: {
      authorize: on(state, 'StopDeployment', 'application', 'environment', 'deployment'),
      run: ({ AllowRevert = false, ...ids }: StopDeploymentRequest) => {
        const deployment = findDeployment(state, ids);
        stop(state, deployment, AllowRevert);
        return describeDeployment(deployment);
      },
    },
    GetDeployment: {
      authorize: on(state, 'GetDeployment', 'application', 'environment', 'deployment'),
      run: (ids: Ids) => describeDeployment(findDeployment(state, ids)),
    },
    ListDeployments: {
      authorize: on(state, 'ListDeployments', 'application', 'environment'),
      run: (input: ListDeploymentsRequest) =>
        page(findEnvironment(state, input).deployments.toReversed(), input, summarise),
    },
  };
}
