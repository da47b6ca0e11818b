import type { CreateLaunchTemplateResult, CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { nameIn, textOf, type ResourceType } from '../resource-type.ts';

export const securityGroup: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { GroupDescription, SecurityGroupIngress, Tags, VpcId } = making.properties;
    const GroupName = nameIn(making, 'GroupName');
    const TagSpecifications = [{ ResourceType: 'security-group', Tags }];
    const { GroupId } = await making.call<CreateSecurityGroupResult>('ec2', 'CreateSecurityGroup', {
      ...{ GroupName, VpcId, TagSpecifications },
      Description: GroupDescription,
    });
    const rules = (SecurityGroupIngress ?? []) as readonly Readonly<Record<string, unknown>>[];
    if (rules.length > 0)
      await making.call('ec2', 'AuthorizeSecurityGroupIngress', {
        GroupId,
        IpPermissions: rules.map(({ IpProtocol, FromPort, ToPort, CidrIp }) => ({
          ...{ IpProtocol, FromPort, ToPort },
          IpRanges: [{ CidrIp }],
        })),
      });
    return { ref: textOf(GroupId), attributes: { GroupId } };
  },
  delete: ({ call, ref }) => call('ec2', 'DeleteSecurityGroup', { GroupId: ref }),
};

export const launchTemplate: ResourceType = {
  create: async (making) => {
    const input = { ...making.properties, LaunchTemplateName: nameIn(making, 'LaunchTemplateName') };
    const answer = await making.call<CreateLaunchTemplateResult>('ec2', 'CreateLaunchTemplate', input);
    const ref = textOf(answer.LaunchTemplate?.LaunchTemplateId);
    const { LatestVersionNumber, DefaultVersionNumber } = answer.LaunchTemplate ?? {};
    const attributes = {
      LaunchTemplateId: ref,
      LatestVersionNumber: String(LatestVersionNumber),
      DefaultVersionNumber: String(DefaultVersionNumber),
    };
    return { ref, attributes };
  },
  delete: ({ call, ref }) => call('ec2', 'DeleteLaunchTemplate', { LaunchTemplateId: ref }),
};
