import { endingOf } from '../../../../src/aws/code-deploy/own-rollback.ts';
import { dividesTraffic } from '../../../../src/aws/code-deploy/steps.ts';
import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { CodeDeployment } from './code-deploy.ts';

/** Maps AWS's shape, where every field is optional, to Lastgood's, where none is. */
export function toDeployment(info: DeploymentInfo): CodeDeployment {
  const { deploymentId = '', applicationName = '', deploymentGroupName = '' } = info;
  const { createTime = new Date(0), rollbackInfo = {}, errorInformation, loadBalancerInfo } = info;
  const pairs = loadBalancerInfo?.targetGroupPairInfoList ?? [];
  return {
    id: deploymentId,
    application: applicationName,
    group: deploymentGroupName,
    ...endingOf(info),
    reason: errorInformation?.message ?? '',
    createdAt: createTime.toISOString(),
    revision: info.revision ?? {},
    description: info.description ?? '',
    rollbackOf: rollbackInfo.rollbackTriggeringDeploymentId ?? null,
    divides: dividesTraffic(info.deploymentConfigName),
    listeners: pairs.flatMap(({ prodTrafficRoute }) => prodTrafficRoute?.listenerArns ?? []),
    groups: pairs.flatMap(({ targetGroups = [] }) => targetGroups.flatMap(({ name }) => name ?? [])),
  };
}
