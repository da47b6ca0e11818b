import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. The SDK makes up `ClientToken`, so it is let pass; a repeated
 * one is not recognised.
 */
export const HONOURED = honouring({
  AuthorizeSecurityGroupIngress: 'GroupId IpPermissions',
  CreateLaunchTemplate: `
    ClientToken LaunchTemplateName VersionDescription LaunchTemplateData TagSpecifications`,
  CreateLaunchTemplateVersion: `
    ClientToken LaunchTemplateId LaunchTemplateName SourceVersion VersionDescription LaunchTemplateData`,
  CreateSecurityGroup: 'Description GroupName TagSpecifications VpcId',
  DeleteLaunchTemplate: 'LaunchTemplateId LaunchTemplateName',
  DeleteLaunchTemplateVersions: 'LaunchTemplateId LaunchTemplateName Versions',
  DeleteSecurityGroup: 'GroupId',
  DeregisterImage: 'ImageId',
  DisableImage: 'ImageId',
  DescribeImages: 'ImageIds IncludeDisabled',
  DescribeInstances: 'InstanceIds Filters MaxResults NextToken',
  DescribeSubnets: 'Filters',
  DescribeVpcs: 'Filters',
  DescribeLaunchTemplateVersions: 'LaunchTemplateId LaunchTemplateName Versions ResolveAlias',
  GetConsoleOutput: 'InstanceId Latest',
  ModifyLaunchTemplate: 'ClientToken LaunchTemplateId LaunchTemplateName DefaultVersion',
});
