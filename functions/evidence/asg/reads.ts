import {
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  type Activity,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type Instance,
} from '@aws-sdk/client-ec2';
import { launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import type { Hidden } from '../../../src/aws/mask.ts';
import { atFault } from '../released-at.ts';
import { shared, type Read } from '../source.ts';
import { hiddenIn } from './user-data.ts';

/** Reads of one Auto Scaling group, each made once for all sources. */
export interface AsgReads {
  /** The latest scaling activities, newest first. */
  readonly activities: Read<readonly Activity[]>;
  readonly group: Read<AutoScalingGroup | null>;
  /** The instances of the revision at fault, also those that ended lately. */
  readonly instances: Read<readonly Instance[]>;
  /** What the launch template of the revision at fault knows of secrets; null: EC2 no longer knows the template. */
  readonly hidden: Read<Hidden | null>;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
const MAX_ACTIVITIES = 100;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const MAX_INSTANCES = 1000;

export function asgReads(
  autoscaling: Pick<AutoScalingClient, 'send'>,
  ec2: Pick<EC2Client, 'send'>,
): AsgReads {
  const group: AsgReads['group'] = shared(async ({ request }, abortSignal) => {
    const input = { AutoScalingGroupNames: [groupOf(request.target)] };
    const { AutoScalingGroups = [] } = await autoscaling.send(new DescribeAutoScalingGroupsCommand(input), {
      abortSignal,
    });
    return AutoScalingGroups[0] ?? null;
  });
  return {
    activities: shared(async ({ request }, abortSignal) => {
      const input = { AutoScalingGroupName: groupOf(request.target), MaxRecords: MAX_ACTIVITIES };
      const { Activities = [] } = await autoscaling.send(new DescribeScalingActivitiesCommand(input), {
        abortSignal,
      });
      return Activities;
    }),
    group,
    instances: shared(async (rollback, abortSignal) => {
      const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: [groupOf(rollback.request.target)] }];
      const { Reservations = [] } = await ec2.send(
        new DescribeInstancesCommand({ Filters, MaxResults: MAX_INSTANCES }),
        { abortSignal },
      );
      const { template, version, images } = launchTemplateRefOf(atFault(rollback).id) ?? {};
      const launched = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
        (one) => launchedFrom(one) === `${template}/${version}`,
      );
      if (images === undefined) return launched;
      const runs = runningImages(await group(rollback, abortSignal));
      return launched.filter(({ InstanceId = '', ImageId = '' }) =>
        images.includes(runs.get(InstanceId) ?? ImageId),
      );
    }),
    hidden: shared(async (rollback, abortSignal) => {
      const ref = launchTemplateRefOf(atFault(rollback).id);
      if (ref === null) return null;
      const input = { LaunchTemplateId: ref.template, Versions: [ref.version] };
      const { LaunchTemplateVersions = [] } = await ec2.send(
        new DescribeLaunchTemplateVersionsCommand(input),
        { abortSignal },
      );
      const [found] = LaunchTemplateVersions;
      return found === undefined ? null : hiddenIn(found.LaunchTemplateData?.UserData);
    }),
  };
}

/** Returns the images of root volumes, which a refresh may have replaced since the launch. */
function runningImages(group: AutoScalingGroup | null): ReadonlyMap<string, string> {
  return new Map(
    (group?.Instances ?? []).flatMap(({ InstanceId = '', ImageId }) =>
      ImageId === undefined ? [] : [[InstanceId, ImageId] as const],
    ),
  );
}

/** Returns the launch template version that an instance was launched from, by the tags that EC2 sets. */
function launchedFrom({ Tags = [] }: Instance): string {
  const valueOf = (key: string) => Tags.find(({ Key }) => Key === key)?.Value ?? '';
  return `${valueOf('aws:ec2launchtemplate:id')}/${valueOf('aws:ec2launchtemplate:version')}`;
}
