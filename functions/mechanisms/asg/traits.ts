import type { LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { settingTraits } from '../../../src/rollback/setting-traits.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';

/**
 * The settings whose values are shown. User data and tags are not among them: they may hold secrets.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResponseLaunchTemplateData.html
 */
const SHOWN = new Set([
  'BlockDeviceMappings',
  'CapacityReservationSpecification',
  'CpuOptions',
  'CreditSpecification',
  'DisableApiStop',
  'DisableApiTermination',
  'EbsOptimized',
  'ElasticGpuSpecifications',
  'ElasticInferenceAccelerators',
  'EnclaveOptions',
  'HibernationOptions',
  'IamInstanceProfile',
  'InstanceInitiatedShutdownBehavior',
  'InstanceMarketOptions',
  'InstanceRequirements',
  'KeyName',
  'LicenseSpecifications',
  'MaintenanceOptions',
  'MetadataOptions',
  'Monitoring',
  'NetworkInterfaces',
  'NetworkPerformanceOptions',
  'Operator',
  'Placement',
  'PrivateDnsNameOptions',
  'SecondaryInterfaces',
  'SecurityGroupIds',
  'SecurityGroups',
]);

/** Returns every setting of a version of a launch template. */
export function traitsOf({ LaunchTemplateData = {}, VersionDescription }: LaunchTemplateVersion): Traits {
  const { ImageId, InstanceType, KernelId, RamDiskId, ...rest } = LaunchTemplateData;
  return {
    ...shownTraits({
      AMI: ImageId,
      'instance type': InstanceType,
      'description of the version': VersionDescription,
      kernel: KernelId,
      'RAM disk': RamDiskId,
    }),
    ...settingTraits(rest, { before: 'launch template ', shown: SHOWN }),
  };
}
