import type { Meter } from '../../../src/rollback/plan.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';

/** A revision and the target groups of its tasks. */
export interface Side {
  readonly revision: string;
  readonly targetGroups: readonly string[];
}

/**
 * Metrics of
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
const OF_TARGET_GROUP = [
  { metric: 'requests', name: 'RequestCount', stat: 'Sum' },
  { metric: 'errors', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum' },
  { metric: 'latency', name: 'TargetResponseTime', stat: 'p95' },
  { metric: 'healthyHosts', name: 'HealthyHostCount', stat: 'Minimum' },
] as const;

/** Metrics of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
const OF_SERVICE = [
  { metric: 'cpu', name: 'CPUUtilization', stat: 'Average' },
  { metric: 'memory', name: 'MemoryUtilization', stat: 'Average' },
] as const;

/**
 * Returns where CloudWatch keeps a service's numbers. A target group that not every side uses measures the newest side
 * that does.
 * @param sides newest first
 */
export function metersOf({ cluster, service }: ServiceName, sides: readonly Side[]): readonly Meter[] {
  const groups = [...new Set(sides.flatMap(({ targetGroups }) => targetGroups))];
  const behind = groups.flatMap((group) => {
    const users = sides.filter(({ targetGroups }) => targetGroups.includes(group));
    const [newest] = users;
    const side = newest === undefined || users.length === sides.length ? {} : { revision: newest.revision };
    return OF_TARGET_GROUP.map((meter) => ({
      ...meter,
      namespace: 'AWS/ApplicationELB',
      dimensions: { TargetGroup: group.slice(group.lastIndexOf(':') + 1) },
      ...side,
    }));
  });
  const dimensions = { ClusterName: cluster, ServiceName: service };
  return [...behind, ...OF_SERVICE.map((meter) => ({ ...meter, namespace: 'AWS/ECS', dimensions }))];
}
