import type { CanarySettings, Stage as SdkStage } from '@aws-sdk/client-api-gateway';
import type { Canary } from './configuration.ts';
import type { NamedStage } from './gateway.ts';
import { writeSide, type Variables } from './side.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toStage(stage: SdkStage): NamedStage {
  const { stageName: name = '', deploymentId = '', variables = {}, canarySettings, tags = {} } = stage;
  const own = writeSide(deploymentId, variables);
  return {
    ...{ name, stage: own, variables, tags },
    canary: canarySettings === undefined ? null : canaryOf(canarySettings, deploymentId, variables, own),
    hasCanary: canarySettings !== undefined,
  };
}

/**
 * Returns the canary that takes requests. A promoted canary stays on the stage without a share, and the first canary may
 * name the deployment of the stage: neither brings anything.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/promote-canary-deployment.html
 */
function canaryOf(
  { deploymentId, percentTraffic = 0, stageVariableOverrides = {} }: CanarySettings,
  ofStage: string,
  variables: Variables,
  own: string,
): Canary | null {
  const side = writeSide(deploymentId ?? ofStage, { ...variables, ...stageVariableOverrides });
  return percentTraffic <= 0 || side === own ? null : { side, percent: percentTraffic };
}
