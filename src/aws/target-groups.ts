import type { TargetGroup as AwsTargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';

/** The part of a target group that a rollback needs. */
export interface TargetGroup {
  readonly arn: string;
  /** True if a load balancer routes traffic to it. Otherwise all its targets are `unused`, whatever their health. */
  readonly isUsed: boolean;
  /** True if it belongs to an Application Load Balancer. Other load balancers have other metrics. */
  readonly isHttp: boolean;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html */
export function toTargetGroup({
  TargetGroupArn,
  LoadBalancerArns = [],
  Protocol,
}: AwsTargetGroup): TargetGroup {
  return {
    arn: TargetGroupArn ?? '',
    isUsed: LoadBalancerArns.length > 0,
    isHttp: Protocol === 'HTTP' || Protocol === 'HTTPS',
  };
}

/** Returns a note about the unused target groups, whose health proves nothing. */
export function unusedNote(groups: readonly TargetGroup[]): readonly string[] {
  const unused = groups.filter(({ isUsed }) => !isUsed).map(({ arn }) => arn.split('/')[1] ?? arn);
  if (unused.length === 0) return [];
  return [`no load balancer uses ${unused.join(', ')}: its targets are not looked at`];
}
