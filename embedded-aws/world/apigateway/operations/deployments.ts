import type {
  CreateDeploymentRequest,
  DeleteDeploymentRequest,
  Deployment as SdkDeployment,
  DeploymentCanarySettings,
  Deployments,
  GetDeploymentRequest,
  GetDeploymentsRequest,
} from '@aws-sdk/client-api-gateway';
import type { Operation } from '../../service.ts';
import { below } from '../access.ts';
import { describeDeployment } from '../describe.ts';
import { badRequest } from '../errors.ts';
import type { Canary, Deployment, RestApi, Stage } from '../model.ts';
import { definitionOf } from '../mock.ts';
import { page } from '../paging.ts';
import { checked, percentIn } from '../patch.ts';
import type { ApiGatewayState } from '../state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html */
export function deploymentOperations(state: ApiGatewayState): Readonly<Record<string, Operation>> {
  return {
    CreateDeployment: {
      authorize: ({ restApiId }: CreateDeploymentRequest) => below('POST', restApiId, 'deployments'),
      run: (input: CreateDeploymentRequest) => create(state, input),
    },
    GetDeployment: {
      authorize: ({ restApiId, deploymentId = '' }: GetDeploymentRequest) =>
        below('GET', restApiId, `deployments/${deploymentId}`),
      run: ({ restApiId, deploymentId }: GetDeploymentRequest) =>
        describeDeployment(state.deployment(restApiId, deploymentId)),
    },
    GetDeployments: {
      authorize: ({ restApiId }: GetDeploymentsRequest) => below('GET', restApiId, 'deployments'),
      run: ({ restApiId, ...paging }: GetDeploymentsRequest): Deployments => {
        const { items, ...next } = page(shuffled(state.api(restApiId)), paging);
        return { items: items.map(describeDeployment), ...next };
      },
    },
    DeleteDeployment: {
      authorize: ({ restApiId, deploymentId = '' }: DeleteDeploymentRequest) =>
        below('DELETE', restApiId, `deployments/${deploymentId}`),
      run: (input: DeleteDeploymentRequest) => remove(state, input),
    },
  };
}

/** AWS promises no order of the list. By id, they are in no order of time. */
function shuffled({ deployments }: RestApi): readonly Deployment[] {
  return [...deployments.values()].toSorted((one, other) => one.id.localeCompare(other.id));
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html */
function create(state: ApiGatewayState, input: CreateDeploymentRequest): SdkDeployment {
  const { restApiId, stageName, description = '', variables, canarySettings } = input;
  const api = state.api(restApiId);
  const stage = stageName === undefined ? undefined : api.stages.get(stageName);
  refuse(stage, input);
  const createdAt = state.clock.now();
  const made: Deployment = { id: state.random.hex(6), description, createdAt, definition: definitionOf(api) };
  const canary = canarySettings === undefined ? null : canaryOf(made, canarySettings);
  const ofStage = variables === undefined ? undefined : checked(variables);
  api.deployments.set(made.id, made);
  if (stage !== undefined) point(stage, made, { canary, variables: ofStage });
  else if (stageName !== undefined)
    api.stages.set(stageName, {
      ...{ name: stageName, tags: {}, createdAt, updatedAt: createdAt },
      settings: { deploymentId: made.id, description: '', variables: ofStage ?? {}, canary: null },
    });
  return describeDeployment(made);
}

/**
 * Refuses a canary without a stage. A stage with a canary takes no other release until the canary is gone:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
function refuse(stage: Stage | undefined, { stageName, canarySettings }: CreateDeploymentRequest): void {
  const isCanary = canarySettings !== undefined;
  if (isCanary && stage === undefined)
    throw badRequest(
      `Stage ${stageName ?? ''} must already be created before making a canary release deployment`,
    );
  if (!isCanary && stage !== undefined && stage.settings.canary !== null)
    throw badRequest('The stage has a canary release, which must be removed or promoted first');
}

function canaryOf(
  { id: deploymentId }: Deployment,
  { percentTraffic = 0, stageVariableOverrides = {}, useStageCache = false }: DeploymentCanarySettings,
): Canary {
  const overrides = checked(stageVariableOverrides);
  return { deploymentId, percent: percentIn(percentTraffic), overrides, useStageCache };
}

/** Assumed: variables that are given take the place of all the stage's. */
function point(
  stage: Stage,
  { id, createdAt }: Deployment,
  {
    canary,
    variables,
  }: { readonly canary: Canary | null; readonly variables: Canary['overrides'] | undefined },
): void {
  const { settings } = stage;
  stage.updatedAt = createdAt;
  stage.settings =
    canary === null
      ? { ...settings, deploymentId: id, variables: variables ?? settings.variables }
      : { ...settings, canary };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.html */
function remove(state: ApiGatewayState, { restApiId, deploymentId }: DeleteDeploymentRequest): object {
  const api = state.api(restApiId);
  const { id } = state.deployment(restApiId, deploymentId);
  const isNamed = ({ settings }: Stage): boolean =>
    settings.deploymentId === id || settings.canary?.deploymentId === id;
  if ([...api.stages.values()].some(isNamed))
    throw badRequest('Active stages pointing to this deployment must be moved or deleted');
  api.deployments.delete(id);
  return {};
}
