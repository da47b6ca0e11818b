import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { shownTraits, type Trait, type Traits } from '../../../src/rollback/traits.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Choice } from './autoscaling.ts';

/** One version of a launch template. */
export interface TemplateVersion {
  readonly id: string;
  readonly name: string;
  /** Its number, also where `$Latest` or `$Default` was asked for. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…` where a parameter says which. */
  readonly image: string;
  readonly traits: Traits;
}

export interface MachineImage {
  readonly isAvailable: boolean;
  readonly tags: Tags;
}

/** The calls to Amazon EC2 that we make. All of them read. */
export interface Ec2 {
  /** Null: there is no such template or no such version. */
  version(choice: Choice): Promise<TemplateVersion | null>;
  /** Null: it was deregistered, or is no longer shared with us. */
  image(id: string): Promise<MachineImage | null>;
}

export function createEc2(client: EC2Client): Ec2 {
  return {
    version: async ({ template, version }) => {
      const command = new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: template,
        Versions: [version],
      });
      const answer = await unlessGone(client.send(command));
      const [found] = answer?.LaunchTemplateVersions ?? [];
      if (found?.VersionNumber === undefined) return null;
      return {
        id: template,
        name: found.LaunchTemplateName ?? template,
        version: String(found.VersionNumber),
        image: found.LaunchTemplateData?.ImageId ?? '',
        traits: traitsOf(found),
      };
    },
    image: async (id) => {
      const answer = await unlessGone(client.send(new DescribeImagesCommand({ ImageIds: [id] })));
      const [found] = answer?.Images ?? [];
      if (found === undefined) return null;
      const tags = Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      return { isAvailable: found.State === 'available', tags };
    },
  };
}

/**
 * The image by name, and that the rest differs: user data may hold secrets, and the rest is long.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResponseLaunchTemplateData.html
 */
function traitsOf({ LaunchTemplateData = {}, VersionDescription }: LaunchTemplateVersion): Traits {
  const { ImageId, InstanceType, KernelId, RamDiskId, ...rest } = LaunchTemplateData;
  const hidden = Object.entries(rest).flatMap(([name, value]): [string, Trait][] =>
    value === undefined ? [] : [[`launch template ${name}`, { hidden: JSON.stringify(value) }]],
  );
  return {
    ...shownTraits({
      AMI: ImageId,
      'instance type': InstanceType,
      'description of the version': VersionDescription,
      kernel: KernelId,
      'RAM disk': RamDiskId,
    }),
    ...Object.fromEntries(hidden),
  };
}

/**
 * EC2 has several codes for what is not there: `InvalidAMIID.NotFound`, `InvalidAMIID.Unavailable`,
 * `InvalidLaunchTemplateId.NotFound`, `InvalidLaunchTemplateId.VersionNotFound` and others.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && /^Invalid(AMIID|LaunchTemplate)/.test(error.name)) return null;
    throw error;
  }
}
