import { groupIn } from '../../../src/ledger/splits.ts';
import type { Blame } from '../../../src/rollback/blame.ts';
import type { Meter } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';

/**
 * Metrics of AWS/VpcLattice. RequestTime is left out, because its unit is not documented.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html
 */
const METERS = [
  { metric: 'requests', name: 'TotalRequestCount', stat: 'Sum' },
  { metric: 'errors', name: 'HTTPCode_5XX_Count', stat: 'Sum' },
] as const;

/**
 * Returns where CloudWatch keeps the numbers of each side: of the groups that the suspect introduced, and of those that
 * had the traffic before it. A group with traffic before and after measures both. The dimension is the id of a group.
 * Unknown: lattice-service-dimension.
 */
export function metersOf(rollouts: readonly Rollout[], blame: Blame | null): readonly Meter[] {
  const index = rollouts.findIndex(({ deployment }) => deployment.id === blame?.suspect.id);
  const [suspect, before] = [rollouts[index], rollouts[index + 1]];
  if (suspect === undefined) return [];
  const brought = suspect.brings.map(groupIn);
  const had = Object.keys(before?.last.shares ?? {}).map(groupIn);
  return [...new Set([...brought, ...had])].flatMap((group) => {
    const side = sideOf(group, brought, had);
    const revision = side === 'suspect' ? suspect : side === 'before' ? before : undefined;
    return metersOfGroup(group, revision?.deployment.revision.id);
  });
}

function sideOf(group: string, brought: readonly string[], had: readonly string[]) {
  if (brought.includes(group) && had.includes(group)) return 'both';
  return brought.includes(group) ? 'suspect' : 'before';
}

function metersOfGroup(group: string, revision: string | undefined): readonly Meter[] {
  const side = revision === undefined ? {} : { revision };
  return METERS.map((meter) => ({
    ...meter,
    namespace: 'AWS/VpcLattice',
    dimensions: { TargetGroup: group },
    ...side,
  }));
}
