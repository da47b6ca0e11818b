import type { AutoScalingGroupsType } from '@aws-sdk/client-auto-scaling';
import { nameIn, type ResourceType } from '../resource-type.ts';

/**
 * A group without a creation policy, which is stable at once. Assumed: its deletion ends the instances, as a forced one
 * does.
 */
export const autoScalingGroup: ResourceType = {
  tags: 'propagated',
  create: async (making) => {
    const AutoScalingGroupName = nameIn(making, 'AutoScalingGroupName');
    const { VPCZoneIdentifier = [], ...properties } = making.properties;
    await making.call('autoscaling', 'CreateAutoScalingGroup', {
      ...properties,
      AutoScalingGroupName,
      MinSize: Number(properties['MinSize']),
      MaxSize: Number(properties['MaxSize']),
      DesiredCapacity: Number(properties['DesiredCapacity'] ?? properties['MinSize']),
      VPCZoneIdentifier: (VPCZoneIdentifier as readonly string[]).join(','),
    });
    return { ref: AutoScalingGroupName, attributes: {} };
  },
  delete: ({ call, ref }) =>
    call('autoscaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName: ref, ForceDelete: true }),
  isGone: async ({ call, ref }) => {
    const input = { AutoScalingGroupNames: [ref] };
    const answer = await call<AutoScalingGroupsType>('autoscaling', 'DescribeAutoScalingGroups', input);
    return (answer.AutoScalingGroups ?? []).length === 0;
  },
};
