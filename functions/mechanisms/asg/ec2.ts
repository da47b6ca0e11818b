import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  paginateDescribeInstances,
  type EC2Client,
  type Instance,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { named } from '../../../src/aws/errors.ts';
import { NotPermitted } from '../../../src/rollback/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { LaunchTemplateRef } from '../../../src/targets/kinds/asg/launch-template.ts';
import { fingerprintOf } from './fingerprint.ts';
import { idOf, withImages, type TemplateVersion } from './revision.ts';
import { traitsOf } from './traits.ts';

/** An instance that a group has or had. */
export interface Launch {
  /** The instance's id. */
  readonly instance: string;
  /** Id of the revision that it was launched from; null: its tags do not show it. */
  readonly revision: string | null;
  readonly at: Instant;
  /** The image that it was launched from: `ami-…`. Absent: EC2 does not show it yet. Unknown: root-volume-in-ec2. */
  readonly image?: string;
}

export interface MachineImage {
  readonly isAvailable: boolean;
  /** `arm64`, `x86_64` …; null: EC2 does not say. */
  readonly architecture: string | null;
  readonly tags: Tags;
}

/** Amazon EC2 in the words of Lastgood. All calls only read. */
export interface Ec2 {
  /** Null: there is no such template or no such version. Whether its images exist is not read. */
  version(choice: LaunchTemplateRef): Promise<TemplateVersion | null>;
  /** Returns numbered versions of one template, in one call if all exist. Deleted ones are left out. */
  versions(template: string, numbers: readonly string[]): Promise<readonly TemplateVersion[]>;
  /** Returns the instances of a group, also those that ended lately: EC2 shows them for up to an hour. */
  launches(group: string): Promise<readonly Launch[]>;
  /**
   * Returns the image that a version launches now, by its parameter. Null: the parameter is gone, or may not be read.
   */
  launchesNow(choice: LaunchTemplateRef): Promise<string | null>;
  /** Null: it was deregistered, or is no longer shared with this account. */
  image(id: string): Promise<MachineImage | null>;
}

export function createEc2(client: EC2Client): Ec2 {
  const versions = async (template: string, Versions: readonly string[]) => {
    const input = { LaunchTemplateId: template, Versions: [...Versions] };
    const answer = await unlessGone(client.send(new DescribeLaunchTemplateVersionsCommand(input)));
    return answer && (answer.LaunchTemplateVersions ?? []).flatMap((one) => toVersion(template, one) ?? []);
  };
  const version = async ({ template, version: wanted, images }: LaunchTemplateRef) => {
    const [found] = (await versions(template, [wanted])) ?? [];
    return found === undefined ? null : withImages(found, images);
  };
  return {
    version,
    versions: async (template, numbers) => {
      if (numbers.length === 0) return [];
      // A deleted version makes the call fail for all others.
      const each = () => Promise.all(numbers.map((number) => version({ template, version: number })));
      return (await versions(template, numbers)) ?? (await each()).filter((one) => one !== null);
    },
    launches: (group) => launchesOf(client, group),
    launchesNow: (choice) => launchedNow(client, choice),
    image: async (id) => {
      const answer = await unlessGone(client.send(new DescribeImagesCommand({ ImageIds: [id] })));
      const [found] = answer?.Images ?? [];
      if (found === undefined) return null;
      const tags = Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      return {
        isAvailable: found.State === 'available',
        architecture: found.Architecture ?? null,
        tags,
      };
    },
  };
}

async function launchedNow(client: EC2Client, choice: LaunchTemplateRef): Promise<string | null> {
  const input = { LaunchTemplateId: choice.template, Versions: [choice.version], ResolveAlias: true };
  try {
    const { LaunchTemplateVersions = [] } = await client.send(
      new DescribeLaunchTemplateVersionsCommand(input),
    );
    const image = LaunchTemplateVersions[0]?.LaunchTemplateData?.ImageId ?? '';
    return image.startsWith('ami-') ? image : null;
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

/**
 * Returns whether a parameter cannot be resolved: this role may not read it, or it is gone. AWS does not document the
 * code for the latter. Unknown: unresolvable-image-parameter.
 */
function isUnreadable(error: unknown): boolean {
  return named(error) instanceof NotPermitted || (error instanceof Error && /^Invalid/.test(error.name));
}

/**
 * Lists instances by the tag that Auto Scaling sets. This finds ended instances too, and does not fail for an id that
 * EC2 does not know yet.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
async function launchesOf(client: EC2Client, group: string): Promise<readonly Launch[]> {
  const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: [group] }];
  const found: Launch[] = [];
  const input = { Filters, MaxResults: 1000 };
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, input)) {
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    found.push(...instances.flatMap((one) => toLaunch(one) ?? []));
  }
  return found;
}

/**
 * Reads a launch. EC2 tags an instance with the id of its launch template and the number of the version.
 * Unknown: warm-pool-launch-time. Unknown: ended-instance-tags.
 */
function toLaunch({ InstanceId, LaunchTime, ImageId, Tags = [] }: Instance): Launch | null {
  if (InstanceId === undefined || LaunchTime === undefined) return null;
  const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
  const template = tags.get('aws:ec2launchtemplate:id');
  const version = tags.get('aws:ec2launchtemplate:version');
  const revision = template === undefined || version === undefined ? null : idOf({ template, version });
  const at = LaunchTime.toISOString();
  return { instance: InstanceId, revision, at, ...(ImageId !== undefined && { image: ImageId }) };
}

function toVersion(template: string, found: LaunchTemplateVersion): TemplateVersion | null {
  if (found.VersionNumber === undefined) return null;
  const { ImageId: image, ...settings } = found.LaunchTemplateData ?? {};
  return {
    id: template,
    name: found.LaunchTemplateName ?? template,
    version: String(found.VersionNumber),
    image: image ?? '',
    images: [],
    createdAt: found.CreateTime?.toISOString() ?? null,
    fingerprint: fingerprintOf(found.LaunchTemplateData ?? {}),
    settings: fingerprintOf(settings),
    traits: traitsOf(found),
  };
}

/**
 * Returns null if the resource does not exist. EC2 has several codes for that: `InvalidAMIID.NotFound`,
 * `InvalidAMIID.Unavailable`, `InvalidLaunchTemplateId.NotFound`, `InvalidLaunchTemplateId.VersionNotFound` and others.
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
