import type { ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import { only, type Need } from '../../../../src/readiness/examination.ts';
import type { Goal } from '../autoscaling.ts';
import { parameterOf } from '../image.ts';
import { imagesIn } from '../overrides.ts';
import type { Setup } from './sdk.ts';

/**
 * Returns what a way back writes, and what Auto Scaling asks of a caller that sets a launch template on a group. The
 * role in the instance profile is not among it: its name is not in the template.
 * Unknown: role-of-an-instance-profile.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export function needsOf(
  { arn: group, subnets }: Pick<Setup, 'arn' | 'subnets'>,
  consent: Need['context'],
  { template, imageOf = {} }: Goal,
  launch: ResponseLaunchTemplateData,
): readonly Need[] {
  const [, partition = 'aws', , region = '', account = ''] = group.split(':');
  const ec2 = (owner: string, resource: string) => `arn:${partition}:ec2:${region}:${owner}:${resource}`;
  const { ImageId: image = '', TagSpecifications: tagged = [] } = launch;
  const parameter = parameterOf(image);
  const ofTemplate = { 'ec2:LaunchTemplate': [ec2(account, `launch-template/${template}`)] };
  return [
    {
      actions: [
        'autoscaling:UpdateAutoScalingGroup',
        'autoscaling:StartInstanceRefresh',
        'autoscaling:CancelInstanceRefresh',
        'autoscaling:RollbackInstanceRefresh',
      ],
      resources: [group],
      context: { ...consent, 'autoscaling:LaunchTemplateVersionSpecified': ['true'] },
    },
    {
      actions: ['ec2:RunInstances'],
      resources: [
        ec2(account, 'instance/*'),
        ec2(account, 'network-interface/*'),
        ec2(account, 'volume/*'),
        ...securityGroupsOf(launch).map((id) => ec2(account, `security-group/${id}`)),
        ec2(account, `launch-template/${template}`),
        ...(image.startsWith('ami-') ? [ec2('', `image/${image}`)] : []),
      ],
      context: { ...ofTemplate, 'ec2:IsLaunchTemplateResource': ['true'] },
    },
    // Overrides name these images. Unknown: override-image-permissions.
    ...only(imagesIn(imageOf).images ?? [], (ids) => ({
      actions: ['ec2:RunInstances'],
      resources: ids.map((id) => ec2('', `image/${id}`)),
      context: { ...ofTemplate, 'ec2:IsLaunchTemplateResource': ['false'], 'ec2:Owner': [account] },
    })),
    // The group names the subnets.
    ...only(subnets, (ids) => ({
      actions: ['ec2:RunInstances'],
      resources: ids.map((id) => ec2(account, `subnet/${id}`)),
      context: { ...ofTemplate, 'ec2:IsLaunchTemplateResource': ['false'] },
    })),
    ...tagged.map(({ ResourceType: type = 'instance' }): Need => ({
      actions: ['ec2:CreateTags'],
      resources: [ec2(account, `${type}/*`)],
      context: { 'ec2:CreateAction': ['RunInstances'] },
    })),
    ...(parameter === null
      ? []
      : [
          {
            actions: ['ssm:GetParameters'],
            resources: [parameterArn(parameter, { partition, region, account })],
          },
        ]),
  ];
}

/** Returns the security groups of a version; any, where it names none and the default group of the network holds. */
function securityGroupsOf({
  SecurityGroupIds = [],
  NetworkInterfaces = [],
}: ResponseLaunchTemplateData): readonly string[] {
  const named = [...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  return named.length === 0 ? ['*'] : [...new Set(named)];
}

function parameterArn(
  parameter: string,
  { partition, region, account }: Readonly<Record<'partition' | 'region' | 'account', string>>,
): string {
  if (parameter.startsWith('arn:')) return parameter;
  // Public parameters belong to no account (Systems Manager User Guide, "Working with public parameters").
  const owner = parameter.startsWith('/aws/') ? '' : account;
  return `arn:${partition}:ssm:${region}:${owner}:parameter/${parameter.replace(/^\//, '')}`;
}
