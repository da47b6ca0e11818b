import type { DeploymentGroupInfo, DeploymentInfo, LastDeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Deployment, Group } from './model.ts';
import { withoutContent } from './revisions.ts';
import { lastSuccessful } from './status.ts';

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export function describeDeployment(deployment: Deployment): DeploymentInfo {
  const { group, asked, previousRevision, startTime, completeTime, error } = deployment;
  const { settings } = group;
  return {
    applicationName: group.application.name,
    deploymentGroupName: group.name,
    deploymentConfigName: deployment.configName,
    deploymentId: deployment.id,
    revision: withoutContent(deployment.revision),
    previousRevision: previousRevision === null ? undefined : withoutContent(previousRevision),
    status: deployment.status,
    errorInformation: error ?? undefined,
    createTime: deployment.createTime,
    startTime: startTime ?? undefined,
    completeTime: completeTime ?? undefined,
    deploymentOverview: deployment.run?.overview() ?? undefined,
    description: asked.description,
    creator: deployment.creator,
    ignoreApplicationStopFailures: asked.ignoreApplicationStopFailures ?? false,
    autoRollbackConfiguration: asked.autoRollbackConfiguration ?? settings.autoRollbackConfiguration,
    updateOutdatedInstancesOnly: asked.updateOutdatedInstancesOnly ?? false,
    rollbackInfo: deployment.rollbackInfo,
    deploymentStyle: settings.deploymentStyle,
    targetInstances: asked.targetInstances,
    instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
    blueGreenDeploymentConfiguration: settings.blueGreenDeploymentConfiguration,
    loadBalancerInfo: settings.loadBalancerInfo,
    fileExistsBehavior: asked.fileExistsBehavior ?? 'DISALLOW',
    computePlatform: group.application.platform,
    overrideAlarmConfiguration: asked.overrideAlarmConfiguration,
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html */
export function describeGroup(group: Group): DeploymentGroupInfo {
  const { settings, application } = group;
  const { autoScalingGroups = [], ...rest } = settings;
  const last = lastSuccessful(group);
  return {
    ...rest,
    autoScalingGroups: autoScalingGroups.map((name) => ({ name })),
    applicationName: application.name,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    computePlatform: application.platform,
    deploymentStyle: settings.deploymentStyle ?? {
      deploymentType: 'IN_PLACE',
      deploymentOption: 'WITHOUT_TRAFFIC_CONTROL',
    },
    targetRevision: last === null ? undefined : withoutContent(last.revision),
    lastSuccessfulDeployment: lastInfo(last),
    lastAttemptedDeployment: lastInfo(group.deployments.at(-1) ?? null),
  };
}

function lastInfo(deployment: Deployment | null): LastDeploymentInfo | undefined {
  if (deployment === null) return undefined;
  const { id, status, createTime, completeTime } = deployment;
  return { deploymentId: id, status, createTime, endTime: completeTime ?? undefined };
}
