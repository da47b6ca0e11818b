import { honouring } from '../service.ts';

/** Lists the input members that each operation honours. */
export const HONOURED = honouring({
  CreateApplication: 'Name Tags',
  CreateConfigurationProfile: 'ApplicationId Name LocationUri Type Tags',
  CreateDeploymentStrategy: `
    Name DeploymentDurationInMinutes FinalBakeTimeInMinutes GrowthFactor GrowthType ReplicateTo Tags`,
  CreateEnvironment: 'ApplicationId Name Description Monitors Tags',
  CreateHostedConfigurationVersion: `
    ApplicationId ConfigurationProfileId Description Content ContentType LatestVersionNumber VersionLabel`,
  DeleteApplication: 'ApplicationId',
  DeleteConfigurationProfile: 'ApplicationId ConfigurationProfileId',
  DeleteDeploymentStrategy: 'DeploymentStrategyId',
  DeleteEnvironment: 'ApplicationId EnvironmentId',
  DeleteHostedConfigurationVersion: 'ApplicationId ConfigurationProfileId VersionNumber',
  GetApplication: 'ApplicationId',
  GetConfigurationProfile: 'ApplicationId ConfigurationProfileId',
  GetDeployment: 'ApplicationId EnvironmentId DeploymentNumber',
  GetEnvironment: 'ApplicationId EnvironmentId',
  ListApplications: 'MaxResults NextToken',
  ListConfigurationProfiles: 'ApplicationId MaxResults NextToken',
  ListDeployments: 'ApplicationId EnvironmentId MaxResults NextToken',
  ListEnvironments: 'ApplicationId MaxResults NextToken',
  ListHostedConfigurationVersions: 'ApplicationId ConfigurationProfileId MaxResults NextToken VersionLabel',
  ListTagsForResource: 'ResourceArn',
  StartDeployment: `
    ApplicationId EnvironmentId DeploymentStrategyId ConfigurationProfileId ConfigurationVersion
    Description Tags LatestDeploymentNumber`,
  StopDeployment: 'ApplicationId EnvironmentId DeploymentNumber AllowRevert',
  TagResource: 'ResourceArn Tags',
  UntagResource: 'ResourceArn TagKeys',
  UpdateEnvironment: 'ApplicationId EnvironmentId Name Description Monitors',
});
