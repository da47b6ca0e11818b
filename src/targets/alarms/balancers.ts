import type { Alarm, Dimensions } from './alarm.ts';

const WHERE = /^(arn:[^:]+):cloudwatch:([^:]+:[^:]+):alarm:/;

/**
 * ARNs of the target groups and load balancers that an alarm watches, groups first: what a group says of what stands
 * behind it is nearer than what the load balancer says. None where the alarm's own ARN is not known.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancersOf({ arn, dimensions }: Pick<Alarm, 'arn' | 'dimensions'>): readonly string[] {
  const [, partition, place] = WHERE.exec(arn ?? '') ?? [];
  if (partition === undefined || place === undefined) return [];
  const resources = [...dimensions.flatMap(targetGroup), ...dimensions.flatMap(loadBalancer)];
  return [...new Set(resources)].map((resource) => `${partition}:elasticloadbalancing:${place}:${resource}`);
}

/** `targetgroup/checkout-blue/6d0ecf831eec9f09`, as in the ARN. */
function targetGroup({ TargetGroup }: Dimensions): readonly string[] {
  return TargetGroup !== undefined && /^targetgroup\/[^/]+\/[^/]+$/.test(TargetGroup) ? [TargetGroup] : [];
}

/** `app/shop/50dc6c495c0c9188`: the part behind `loadbalancer/`. A Classic Load Balancer is another dimension. */
function loadBalancer({ LoadBalancer }: Dimensions): readonly string[] {
  return LoadBalancer !== undefined && /^(?:app|net)\/[^/]+\/[^/]+$/.test(LoadBalancer)
    ? [`loadbalancer/${LoadBalancer}`]
    : [];
}
