import type { Elb, Targets } from './elb.ts';
import type { Memo } from './memo.ts';
import { nameOf, type Share, type Split } from './split.ts';

/** The tag of a target group that names the Auto Scaling group behind it. */
export const GROUP_TAG = 'lastgood:group';

/** The targets of each group, by ARN. */
export type Behind = ReadonlyMap<string, Targets | null>;

export async function lookBehind(elb: Pick<Elb, 'targets'>, groups: readonly string[]): Promise<Behind> {
  const found = await Promise.all(
    [...new Set(groups)].map(async (arn) => [arn, await elb.targets(arn)] as const),
  );
  return new Map(found);
}

/**
 * Returns how many healthy targets carry the traffic: the number of registered targets in the largest of these groups
 * that carries a part of it. Healthy ones alone would be too few, because the present revision may be failing. A group
 * that is not in `behind` does not count.
 */
export function neededFor(shares: readonly Share[], behind: Behind): number {
  const serving = shares.filter(({ weight }) => weight > 0);
  return Math.max(1, ...serving.map(({ targetGroup }) => behind.get(targetGroup)?.registered ?? 0));
}

/**
 * Returns how many healthy targets carry the traffic, by the plan and by the groups that have a part of it and are to
 * have more.
 */
export function neededNow({ needed, from }: Pick<Memo, 'needed' | 'from'>, behind: Behind): number {
  return Math.max(needed, neededFor(from, behind));
}

/** Returns how many targets a group needs for its part of traffic that needs `needed` targets in total. */
export function partOf(split: Split, { weight }: Share, needed: number): number {
  const sum = split.reduce((total, share) => total + share.weight, 0);
  return Math.ceil((needed * weight) / sum);
}

/** A group that is too small, and can grow. */
export interface Growth {
  readonly targetGroup: string;
  /** Name of its Auto Scaling group. */
  readonly group: string;
  readonly to: number;
}

/** `blocker`: why traffic must not move there, or null; `growths`: the groups that must grow first. */
export interface Carrying {
  readonly blocker: string | null;
  readonly growths: readonly Growth[];
}

/** What is known of one group that is to carry a part of the traffic. */
export interface Side {
  readonly targetGroup: string;
  /** The healthy targets that it needs. */
  readonly to: number;
  readonly targets: Targets | null;
  /** The Auto Scaling group that its tag names. */
  readonly group: string | undefined;
  /** Whether the listener or rule names it, also at weight 0. */
  readonly isAttached: boolean;
}

/** Decides whether the groups of a split can carry it, or could after growing. */
export function canCarry(sides: readonly Side[]): Carrying {
  const small = sides.filter(({ targets, to }) => targets === null || targets.healthy < to);
  const [blocker = null] = small.flatMap((side) => whyUnknown(side) ?? whyTooFew(side) ?? []);
  if (blocker !== null) return { blocker, growths: [] };
  const growths = small.flatMap(({ targetGroup, group, to }) =>
    group === undefined ? [] : [{ targetGroup, group, to }],
  );
  return { blocker: null, growths };
}

/**
 * Returns why the health of a group is unknown, or null. A group without targets shows it only by not being attached.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
function whyUnknown({ targetGroup, targets, isAttached }: Side): string | null {
  const name = nameOf(targetGroup);
  if (targets === null) return `${name} no longer exists`;
  const { registered, unknown } = targets;
  if (unknown > 0)
    return `the health of ${name} is unknown: ${unknown} of its ${registered} targets are not checked (it is not attached to the load balancer, their zone is not enabled, or health checks are off)`;
  if (registered > 0 || isAttached) return null;
  return `${name} has no targets and is not attached here, so new targets might not be checked`;
}

/** Returns why a group has too few targets, or null if it can grow. */
function whyTooFew({ targetGroup, targets, to, group }: Side): string | null {
  if (group !== undefined) return null;
  return `${nameOf(targetGroup)} has ${targets?.healthy ?? 0} healthy targets of ${to} needed, and no tag ${GROUP_TAG} says which Auto Scaling group to grow`;
}
