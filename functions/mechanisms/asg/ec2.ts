import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { inBatches } from '../../../src/aws/batches.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { shownTraits, type Trait, type Traits } from '../../../src/rollback/traits.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Choice } from './autoscaling.ts';
import { fingerprintOf } from './fingerprint.ts';

/** One version of a launch template. */
export interface TemplateVersion {
  readonly id: string;
  readonly name: string;
  /** Its number, also where `$Latest` or `$Default` was asked for. */
  readonly version: string;
  /** `ami-…`, or `resolve:ssm:…` where a parameter says which. */
  readonly image: string;
  readonly createdAt: Instant | null;
  /** Equal for versions that say the same, image included. Which image a parameter names is not in it. */
  readonly fingerprint: string;
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
  /** Numbered versions of one template, in one call where all of them are there; those that are not are left out. */
  versions(template: string, numbers: readonly string[]): Promise<readonly TemplateVersion[]>;
  /** When instances were launched, by their ids; those that EC2 does not show (yet) are left out. */
  launched(ids: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Null: it was deregistered, or is no longer shared with us. */
  image(id: string): Promise<MachineImage | null>;
}

export function createEc2(client: EC2Client): Ec2 {
  const versions = async (template: string, Versions: readonly string[]) => {
    const input = { LaunchTemplateId: template, Versions: [...Versions] };
    const answer = await unlessGone(client.send(new DescribeLaunchTemplateVersionsCommand(input)));
    return answer && (answer.LaunchTemplateVersions ?? []).flatMap((one) => toVersion(template, one) ?? []);
  };
  const version = async ({ template, version: wanted }: Choice) =>
    (await versions(template, [wanted]))?.[0] ?? null;
  return {
    version,
    versions: async (template, numbers) => {
      if (numbers.length === 0) return [];
      // One that is gone fails the call for all others too.
      const each = () => Promise.all(numbers.map((number) => version({ template, version: number })));
      return (await versions(template, numbers)) ?? (await each()).filter((one) => one !== null);
    },
    launched: async (ids) => {
      const pages = await Promise.all(inBatches(ids, MOST_VALUES).map((batch) => launchedOf(client, batch)));
      return new Map(pages.flat());
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

/** The most values that one filter takes (Amazon EC2 User Guide, "Filter your resources"). */
const MOST_VALUES = 200;

/** By a filter and not by ids: one that EC2 does not know yet, or no longer, fails a call by ids for all others too. */
async function launchedOf(client: EC2Client, ids: readonly string[]) {
  const Filters = [{ Name: 'instance-id', Values: [...ids] }];
  const { Reservations = [] } = await client.send(
    new DescribeInstancesCommand({ Filters, MaxResults: 1000 }),
  );
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  return instances.flatMap(({ InstanceId, LaunchTime }): [string, Instant][] =>
    InstanceId === undefined || LaunchTime === undefined ? [] : [[InstanceId, LaunchTime.toISOString()]],
  );
}

function toVersion(template: string, found: LaunchTemplateVersion): TemplateVersion | null {
  if (found.VersionNumber === undefined) return null;
  return {
    id: template,
    name: found.LaunchTemplateName ?? template,
    version: String(found.VersionNumber),
    image: found.LaunchTemplateData?.ImageId ?? '',
    createdAt: found.CreateTime?.toISOString() ?? null,
    fingerprint: fingerprintOf(found.LaunchTemplateData ?? {}),
    traits: traitsOf(found),
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
