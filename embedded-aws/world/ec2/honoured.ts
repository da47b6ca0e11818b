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
  DescribeLaunchTemplateVersions: 'LaunchTemplateId LaunchTemplateName Versions',
  ModifyLaunchTemplate: 'ClientToken LaunchTemplateId LaunchTemplateName DefaultVersion',
});
