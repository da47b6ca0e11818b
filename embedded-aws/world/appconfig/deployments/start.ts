import type { StartDeploymentRequest } from '@aws-sdk/client-appconfig';
import { conflict, notFound } from '../errors.ts';
import type { Deployment, Strategy } from '../model.ts';
import { deploymentArn } from '../names.ts';
import { findEnvironment, findProfile, findVersion, now, type AppConfigState } from '../state.ts';
import { isInFlight } from './back.ts';
import { watchMonitors } from './monitors.ts';
import { roll } from './roll.ts';

/**
 * Starts a deployment. An environment has one at a time, whatever its profile.
 * https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_StartDeployment.html
 * @throws AwsError ConflictException, ResourceNotFoundException
 */
export function start(
  state: AppConfigState,
  input: StartDeploymentRequest,
  type: Deployment['type'] = 'USER',
): Deployment {
  const environment = findEnvironment(state, input);
  const profile = findProfile(state, input);
  const { deployments } = environment;
  const latest = deployments.at(-1);
  if (latest !== undefined && (isInFlight(latest) || latest.state === 'ROLLING_BACK'))
    throw conflict(`Deployment ${latest.number} of the environment is in progress.`);
  const { LatestDeploymentNumber: expected } = input;
  if (expected !== undefined && expected !== deployments.length)
    throw conflict(`The latest deployment is ${deployments.length}, and not ${expected}.`);
  const deployment: Deployment = {
    ...{ number: deployments.length + 1, environment, profile, type },
    version: findVersion(profile, input.ConfigurationVersion),
    strategy: findStrategy(state, input.DeploymentStrategyId),
    description: input.Description,
    ...{ startedAt: now(state), completedAt: null, state: 'DEPLOYING', percent: 0, log: [] },
  };
  deployments.push(deployment);
  const ids = { ...input, DeploymentNumber: deployment.number };
  if (input.Tags !== undefined) state.tags.set(deploymentArn(ids), { ...input.Tags });
  roll(state, deployment);
  watchMonitors(state, deployment);
  return deployment;
}

function findStrategy({ strategies }: AppConfigState, id = ''): Strategy {
  const found = strategies.get(id);
  if (found === undefined) throw notFound('DeploymentStrategy', id);
  return found;
}
