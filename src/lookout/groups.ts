import type { Meter } from '../rollback/plan.ts';

/**
 * Returns the ARNs of the target groups whose meters measure a revision: its own, and those that measure the whole
 * target.
 * @param neighbour an ARN of the same partition, Region and account
 */
export function groupsOf(
  meters: readonly Meter[],
  { id }: { readonly id: string },
  neighbour: string,
): readonly string[] {
  const [, partition = 'aws', , region = '', account = ''] = neighbour.split(':');
  const names = meters
    .filter(({ revision }) => revision === undefined || revision === id)
    .flatMap(({ dimensions }) => dimensions['TargetGroup'] ?? []);
  return [...new Set(names)].map(
    (name) => `arn:${partition}:elasticloadbalancing:${region}:${account}:${name}`,
  );
}
