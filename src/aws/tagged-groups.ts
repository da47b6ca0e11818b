import { paginateDescribeAutoScalingGroups, type AutoScalingClient } from '@aws-sdk/client-auto-scaling';

/** The most groups that one DescribeAutoScalingGroups returns (API_DescribeAutoScalingGroups, Amazon EC2 Auto Scaling). */
const MAX_GROUPS = 100;

/**
 * Returns the names of the Auto Scaling groups whose tag `lastgood` has one of these values. The Resource Groups
 * Tagging API does not support them. Permission needed: autoscaling:DescribeAutoScalingGroups.
 */
export async function taggedGroups(
  client: AutoScalingClient,
  values: readonly string[],
): Promise<readonly string[]> {
  const names: string[] = [];
  const input = { Filters: [{ Name: 'tag:lastgood', Values: [...values] }], MaxRecords: MAX_GROUPS };
  for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client }, input))
    names.push(...AutoScalingGroups.flatMap(({ AutoScalingGroupName: name }) => name ?? []));
  return names;
}
