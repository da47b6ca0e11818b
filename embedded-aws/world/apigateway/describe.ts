import type {
  CanarySettings,
  Deployment as SdkDeployment,
  RestApi as SdkRestApi,
  Stage as SdkStage,
} from '@aws-sdk/client-api-gateway';
import type { Canary, Deployment, RestApi, Stage } from './model.ts';

export function describeApi({ id, rootId, name, description, createdAt, tags }: RestApi): SdkRestApi {
  return {
    ...{ id, name, createdDate: toSeconds(createdAt), apiKeySource: 'HEADER' },
    endpointConfiguration: { types: ['REGIONAL'] },
    rootResourceId: rootId,
    ...(description !== '' && { description }),
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}

export function describeDeployment({ id, description, createdAt }: Deployment): SdkDeployment {
  return { id, createdDate: toSeconds(createdAt), ...(description !== '' && { description }) };
}

/** Describes a stage. What is empty is absent, as recorded answers show. */
export function describeStage({ name, settings, tags, createdAt, updatedAt }: Stage): SdkStage {
  const { deploymentId, description, variables, canary } = settings;
  return {
    ...{ deploymentId, stageName: name, methodSettings: {}, tracingEnabled: false },
    ...{ cacheClusterEnabled: false, cacheClusterStatus: 'NOT_AVAILABLE' },
    ...(description !== '' && { description }),
    ...(Object.keys(variables).length > 0 && { variables: { ...variables } }),
    ...(canary !== null && { canarySettings: describeCanary(canary) }),
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
    createdDate: toSeconds(createdAt),
    lastUpdatedDate: toSeconds(updatedAt),
  };
}

function describeCanary({ deploymentId, percent, overrides, useStageCache }: Canary): CanarySettings {
  return {
    ...{ deploymentId, percentTraffic: percent, useStageCache },
    ...(Object.keys(overrides).length > 0 && { stageVariableOverrides: { ...overrides } }),
  };
}

/** Times have whole seconds. */
function toSeconds(at: number): Date {
  return new Date(Math.floor(at / 1000) * 1000);
}
