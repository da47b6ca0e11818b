import type { Blame } from '../../../src/rollback/blame.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';
import { regionOf, type Behind } from './capacity.ts';
import type { WeightedRecord } from './route53.ts';
import { identifierIn } from './runs.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const OF_TARGET_GROUP = [
  { metric: 'requests', name: 'RequestCount', stat: 'Sum' },
  { metric: 'errors', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum' },
  { metric: 'latency', name: 'TargetResponseTime', stat: 'p95' },
  { metric: 'healthyHosts', name: 'HealthyHostCount', stat: 'Minimum' },
] as const;

/** The load balancers behind the records, in their order. */
interface Records {
  readonly records: readonly WeightedRecord[];
  readonly balancers: Behind;
}

/**
 * Returns where CloudWatch keeps the numbers of each side: of the Application Load Balancers in this Region that
 * records are aliases of. DNS itself counts only the queries of a whole zone, and no errors.
 */
export function metersOf(
  { records, balancers }: Records,
  rollouts: readonly Rollout[],
  blame: Blame | null,
  region: string,
): readonly Meter[] {
  const index = rollouts.findIndex(({ deployment }) => deployment.id === blame?.suspect.id);
  const [suspect, before] = [rollouts[index], rollouts[index + 1]];
  if (suspect === undefined) return [];
  const brought = suspect.brings.map(identifierIn);
  const had = Object.keys(before?.last.shares ?? {}).map(identifierIn);
  return records.flatMap(({ identifier, alias }, i) => {
    const isNew = brought.includes(identifier);
    const isOld = had.includes(identifier);
    if ((!isNew && !isOld) || regionOf(alias?.dnsName) !== region) return [];
    const side = isNew && isOld ? undefined : (isNew ? suspect : before)?.deployment.revision.id;
    const groups = balancers[i]?.groups ?? [];
    return groups.flatMap(({ arn }) => metersOfGroup(arn, side));
  });
}

function metersOfGroup(arn: string, revision: string | undefined): readonly Meter[] {
  const dimensions = { TargetGroup: arn.slice(arn.lastIndexOf(':') + 1) };
  const side = revision === undefined ? {} : { revision };
  return OF_TARGET_GROUP.map((meter) => ({ ...meter, namespace: 'AWS/ApplicationELB', dimensions, ...side }));
}
