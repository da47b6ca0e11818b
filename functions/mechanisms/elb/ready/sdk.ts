import { DescribeAutoScalingGroupsCommand, type AutoScalingClient } from '@aws-sdk/client-auto-scaling';

/** Reads the ARNs of Auto Scaling groups, by name. Those that do not exist are left out. */
export type ReadGroupArns = (names: readonly string[]) => Promise<readonly string[]>;

export function createGroupArns(client: Pick<AutoScalingClient, 'send'>): ReadGroupArns {
  return async (names) => {
    if (names.length === 0) return [];
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [...names] });
    const { AutoScalingGroups = [] } = await client.send(command);
    return AutoScalingGroups.flatMap(({ AutoScalingGroupARN }) => AutoScalingGroupARN ?? []);
  };
}
