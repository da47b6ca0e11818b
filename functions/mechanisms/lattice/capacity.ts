import type { Groups, Lattice, Targets } from './lattice.ts';
import { nameOf, type Names, type Share, type Split } from './split.ts';

/** The targets of each group, by id. */
export type Behind = ReadonlyMap<string, Targets | null>;

/** A function or a load balancer stands for any number of servers, so the count of its targets says nothing. */
const UNCOUNTABLE = ['LAMBDA', 'ALB'];

export async function lookBehind(
  lattice: Pick<Lattice, 'targets'>,
  groups: readonly string[],
): Promise<Behind> {
  const found = await Promise.all(
    [...new Set(groups)].map(async (group) => [group, await lattice.targets(group)] as const),
  );
  return new Map(found);
}

/**
 * Returns how many healthy targets carry the traffic: the number of registered targets in the largest of these groups
 * that carries a part of it. Healthy ones alone would be too few, because the present revision may be failing. Null: a
 * group that carries a part has targets that cannot be counted, or no group carries any.
 */
export function neededFor(shares: readonly Share[], behind: Behind, groups: Groups): number | null {
  const serving = shares.filter(({ weight }) => weight > 0);
  if (serving.length === 0) return null;
  if (serving.some(({ group }) => UNCOUNTABLE.includes(groups.get(group)?.type ?? ''))) return null;
  return Math.max(1, ...serving.map(({ group }) => behind.get(group)?.registered ?? 0));
}

/**
 * Returns how many targets a group needs for its part of traffic that needs `needed` targets in total. Where that number
 * is unknown, all of its targets must be healthy.
 */
export function partOf(
  split: Split,
  { group, weight }: Share,
  needed: number | null,
  behind: Behind,
): number {
  if (needed === null) return Math.max(1, behind.get(group)?.registered ?? 0);
  const sum = split.reduce((total, share) => total + share.weight, 0);
  return Math.ceil((needed * weight) / sum);
}

/** Returns why a split cannot carry the traffic, or null. Unknown health is never enough. */
export function whyNotCarried(
  split: Split,
  needed: number | null,
  behind: Behind,
  names: Names,
): string | null {
  const [why = null] = split.flatMap((share) => {
    const targets = behind.get(share.group) ?? null;
    const name = nameOf(share.group, names);
    return whyUnknown(name, targets) ?? whyTooFew(name, targets, partOf(split, share, needed, behind)) ?? [];
  });
  return why;
}

/**
 * Returns why the health of a group is unknown, or null.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
 */
function whyUnknown(name: string, targets: Targets | null): string | null {
  if (targets === null) return `${name} no longer exists`;
  const { registered, unchecked, unused } = targets;
  if (unchecked > 0)
    return `the health of ${name} cannot be proven: VPC Lattice does not check ${unchecked} of its ${registered} targets (a function, a load balancer, or health checks are off)`;
  if (unused > 0)
    return `the health of ${name} is unknown: no rule names it, so VPC Lattice does not check its ${registered} targets`;
  return null;
}

function whyTooFew(name: string, targets: Targets | null, needed: number): string | null {
  const healthy = targets?.healthy ?? 0;
  return healthy >= needed ? null : `${name} has ${healthy} healthy targets of ${needed} needed`;
}
