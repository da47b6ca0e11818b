import type { TargetGroup as AwsTargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';

/** A target group, as far as a rollback looks at it. */
export interface TargetGroup {
  readonly arn: string;
  /** A load balancer routes traffic to it. Of a group that none uses, every target is `unused` whatever its health. */
  readonly isUsed: boolean;
  /** It belongs to an Application Load Balancer: those of other balancers have other metrics. */
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

/** Returns what a person should know of groups that prove nothing. */
export function unusedNote(groups: readonly TargetGroup[]): readonly string[] {
  const unused = groups.filter(({ isUsed }) => !isUsed).map(({ arn }) => arn.split('/')[1] ?? arn);
  if (unused.length === 0) return [];
  return [`no load balancer uses ${unused.join(', ')}: its targets are not looked at`];
}
