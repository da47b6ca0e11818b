import { paginateDescribeAutoScalingGroups, type AutoScalingClient } from '@aws-sdk/client-auto-scaling';

/**
 * Returns the names of the Auto Scaling groups whose tag `lastgood` has one of these values. The Resource Groups
 * Tagging API does not support them. Permission needed: autoscaling:DescribeAutoScalingGroups.
 */
export async function taggedGroups(
  client: AutoScalingClient,
  values: readonly string[],
): Promise<readonly string[]> {
  const names: string[] = [];
  const input = { Filters: [{ Name: 'tag:lastgood', Values: [...values] }] };
  for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client }, input))
    names.push(...AutoScalingGroups.flatMap(({ AutoScalingGroupName: name }) => name ?? []));
  return names;
}
