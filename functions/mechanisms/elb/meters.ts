import { groupIn } from '../../../src/ledger/splits.ts';
import type { Blame } from '../../../src/rollback/blame.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const OF_APPLICATION = [
  { metric: 'requests', name: 'RequestCount', stat: 'Sum' },
  { metric: 'errors', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum' },
  { metric: 'latency', name: 'TargetResponseTime', stat: 'p95' },
  { metric: 'healthyHosts', name: 'HealthyHostCount', stat: 'Minimum' },
] as const;

/**
 * A Network Load Balancer counts connections and no errors.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
const OF_NETWORK = [{ metric: 'healthyHosts', name: 'HealthyHostCount', stat: 'Minimum' }] as const;

/**
 * Returns where CloudWatch keeps the numbers of each side: of the groups that the suspect introduced, and of those that
 * had the traffic before it. A group with traffic before and after measures both.
 */
export function metersOf(arn: string, rollouts: readonly Rollout[], blame: Blame | null): readonly Meter[] {
  const index = rollouts.findIndex(({ deployment }) => deployment.id === blame?.suspect.id);
  const [suspect, before] = [rollouts[index], rollouts[index + 1]];
  if (suspect === undefined) return [];
  const brought = suspect.brings.map(groupIn);
  const had = Object.keys(before?.last.shares ?? {}).map(groupIn);
  return [...new Set([...brought, ...had])].flatMap((group) => {
    const side = sideOf(group, brought, had);
    const revision = side === 'suspect' ? suspect : side === 'before' ? before : undefined;
    return metersOfGroup(arn, group, revision?.deployment.revision.id);
  });
}

function sideOf(group: string, brought: readonly string[], had: readonly string[]) {
  if (brought.includes(group) && had.includes(group)) return 'both';
  return brought.includes(group) ? 'suspect' : 'before';
}

function metersOfGroup(arn: string, group: string, revision: string | undefined): readonly Meter[] {
  const isNetwork = arn.includes(':listener/net/');
  const namespace = isNetwork ? 'AWS/NetworkELB' : 'AWS/ApplicationELB';
  const dimensions = { TargetGroup: group.slice(group.lastIndexOf(':') + 1) };
  const side = revision === undefined ? {} : { revision };
  return (isNetwork ? OF_NETWORK : OF_APPLICATION).map((meter) => ({
    ...meter,
    namespace,
    dimensions,
    ...side,
  }));
}
