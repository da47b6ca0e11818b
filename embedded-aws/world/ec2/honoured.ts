import { honouring } from '../service.ts';

/**
 * Lists the input members that each operation honours. The SDK makes up `ClientToken`, so it is let pass; a repeated one is not recognised.
 */
export const HONOURED = honouring({
  CreateLaunchTemplate: 'ClientToken LaunchTemplateName VersionDescription LaunchTemplateData',
  CreateLaunchTemplateVersion: `
    ClientToken LaunchTemplateId LaunchTemplateName SourceVersion VersionDescription LaunchTemplateData`,
  DeregisterImage: 'ImageId',
  DescribeImages: 'ImageIds',
  DescribeInstances: 'InstanceIds Filters MaxResults NextToken',
  DescribeLaunchTemplateVersions: 'LaunchTemplateId LaunchTemplateName ResolveAlias Versions',
  ModifyLaunchTemplate: 'ClientToken LaunchTemplateId LaunchTemplateName DefaultVersion',
  // Groups let all traffic pass, so their rules are let pass too.
  AuthorizeSecurityGroupIngress: 'GroupId IpPermissions',
  CreateSecurityGroup: 'GroupName Description VpcId TagSpecifications',
  DeleteLaunchTemplate: 'LaunchTemplateId LaunchTemplateName',
  DeleteSecurityGroup: 'GroupId',
  DescribeSubnets: 'Filters',
  DescribeVpcs: 'Filters',
});
