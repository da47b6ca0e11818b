import { kinds } from '../kinds.ts';
import type { Alarm, Dimensions } from './alarm.ts';

const WHERE = /^(arn:[^:]+):cloudwatch:([^:]+:[^:]+):alarm:/;

/**
 * Returns the ARNs of the target groups, load balancers, services and functions that an alarm watches. Groups come first, because the tag of
 * a group is more specific than that of a load balancer. Returns none if the alarm's own ARN is not known.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancersOf({ arn, dimensions }: Pick<Alarm, 'arn' | 'dimensions'>): readonly string[] {
  const [, partition, place] = WHERE.exec(arn ?? '') ?? [];
  if (partition === undefined || place === undefined) return [];
  const resources = [...dimensions.flatMap(targetGroup), ...dimensions.flatMap(loadBalancer)];
  const arns = [...new Set(resources)].map(
    (resource) => `${partition}:elasticloadbalancing:${place}:${resource}`,
  );
  return [...arns, ...othersOf({ arn, dimensions })];
}

/** Returns the ARNs of what an alarm watches, by the kinds whose targets are parts of something else. */
export function othersOf({ arn, dimensions }: Pick<Alarm, 'arn' | 'dimensions'>): readonly string[] {
  const [, partition, place] = WHERE.exec(arn ?? '') ?? [];
  if (partition === undefined || place === undefined) return [];
  const found = dimensions.flatMap((of) => kinds.flatMap((kind) => kind.watchedIn?.(of) ?? []));
  return [...new Set(found.map(({ service, resource }) => `${partition}:${service}:${place}:${resource}`))];
}

/** Returns `targetgroup/checkout-blue/6d0ecf831eec9f09`, as in the ARN. */
function targetGroup({ TargetGroup }: Dimensions): readonly string[] {
  return TargetGroup !== undefined && /^targetgroup\/[^/]+\/[^/]+$/.test(TargetGroup) ? [TargetGroup] : [];
}

/**
 * Returns the resource of `app/shop/50dc6c495c0c9188`, the part after `loadbalancer/`. Classic Load Balancers have
 * another dimension.
 */
function loadBalancer({ LoadBalancer }: Dimensions): readonly string[] {
  return LoadBalancer !== undefined && /^(?:app|net)\/[^/]+\/[^/]+$/.test(LoadBalancer)
    ? [`loadbalancer/${LoadBalancer}`]
    : [];
}
