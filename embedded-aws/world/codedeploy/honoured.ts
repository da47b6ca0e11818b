import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. The settings of a deployment group are kept and shown, also
 * those that no deployment here obeys.
 */
export const HONOURED = honouring({
  BatchGetApplicationRevisions: 'applicationName revisions',
  BatchGetDeploymentGroups: 'applicationName deploymentGroupNames',
  BatchGetDeploymentTargets: 'deploymentId targetIds',
  BatchGetDeployments: 'deploymentIds',
  ContinueDeployment: 'deploymentId deploymentWaitType',
  CreateApplication: 'applicationName computePlatform tags',
  CreateDeployment: `
    applicationName deploymentGroupName revision deploymentConfigName description
    ignoreApplicationStopFailures targetInstances autoRollbackConfiguration updateOutdatedInstancesOnly
    fileExistsBehavior overrideAlarmConfiguration`,
  CreateDeploymentConfig: 'deploymentConfigName minimumHealthyHosts computePlatform',
  CreateDeploymentGroup: `
    applicationName deploymentGroupName deploymentConfigName ec2TagFilters onPremisesInstanceTagFilters
    autoScalingGroups serviceRoleArn triggerConfigurations alarmConfiguration autoRollbackConfiguration
    outdatedInstancesStrategy deploymentStyle blueGreenDeploymentConfiguration loadBalancerInfo
    ec2TagSet ecsServices onPremisesTagSet tags terminationHookEnabled`,
  DeleteDeploymentGroup: 'applicationName deploymentGroupName',
  GetApplication: 'applicationName',
  GetApplicationRevision: 'applicationName revision',
  GetDeployment: 'deploymentId',
  GetDeploymentConfig: 'deploymentConfigName',
  GetDeploymentGroup: 'applicationName deploymentGroupName',
  ListApplications: 'nextToken',
  ListDeploymentGroups: 'applicationName nextToken',
  ListDeploymentTargets: 'deploymentId nextToken targetFilters',
  ListDeployments: 'applicationName deploymentGroupName includeOnlyStatuses createTimeRange nextToken',
  ListTagsForResource: 'ResourceArn',
  RegisterApplicationRevision: 'applicationName revision',
  StopDeployment: 'deploymentId autoRollbackEnabled',
  TagResource: 'ResourceArn Tags',
  UntagResource: 'ResourceArn TagKeys',
  UpdateDeploymentGroup: `
    applicationName currentDeploymentGroupName newDeploymentGroupName deploymentConfigName ec2TagFilters
    onPremisesInstanceTagFilters autoScalingGroups serviceRoleArn triggerConfigurations
    alarmConfiguration autoRollbackConfiguration outdatedInstancesStrategy deploymentStyle
    blueGreenDeploymentConfiguration loadBalancerInfo ec2TagSet ecsServices onPremisesTagSet
    terminationHookEnabled`,
});
