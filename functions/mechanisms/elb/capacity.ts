import type { Tags } from '../../../src/rollback/plan.ts';
import type { Elb, Targets } from './elb.ts';
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

/** Reads the tags of the groups that exist. DescribeTags fails for all if one of them does not exist. */
export function tagsBehind(elb: Pick<Elb, 'tags'>, behind: Behind): Promise<ReadonlyMap<string, Tags>> {
  return elb.tags([...behind].flatMap(([arn, targets]) => (targets === null ? [] : arn)));
}

/**
 * Returns how many healthy targets carry the traffic: the number of registered targets in the largest group that
 * carries a part of it now. Healthy ones alone would be too few, because the present revision may be failing.
 */
export function neededFor(shares: readonly Share[], behind: Behind): number {
  const serving = shares.filter(({ weight }) => weight > 0);
  return Math.max(1, ...serving.map(({ targetGroup }) => behind.get(targetGroup)?.registered ?? 0));
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

/** The facts about the groups of a split. */
export interface Sides {
  readonly behind: Behind;
  /** Of every group that exists. */
  readonly tags: ReadonlyMap<string, Tags>;
  /** The groups that the listener or rule names, including those at weight 0. */
  readonly attached: readonly string[];
}

/** Decides whether the groups of a split can carry it, or could after growing. */
export function canCarry(split: Split, needed: number, { behind, tags, attached }: Sides): Carrying {
  const growths: Growth[] = [];
  for (const share of split) {
    const { targetGroup } = share;
    const to = partOf(split, share, needed);
    const targets = behind.get(targetGroup) ?? null;
    if (targets !== null && targets.healthy >= to) continue;
    const group = tags.get(targetGroup)?.[GROUP_TAG];
    const blocker =
      whyUnknown(targetGroup, targets, attached) ?? whyTooFew(targetGroup, targets?.healthy ?? 0, to, group);
    if (blocker !== null) return { blocker, growths: [] };
    if (group !== undefined) growths.push({ targetGroup, group, to });
  }
  return { blocker: null, growths };
}

/**
 * Returns why the health of a group is unknown, or null. A group without targets shows it only by not being attached.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
function whyUnknown(arn: string, targets: Targets | null, attached: readonly string[]): string | null {
  const name = nameOf(arn);
  if (targets === null) return `${name} no longer exists`;
  const { registered, unknown } = targets;
  if (unknown > 0)
    return `the health of ${name} is unknown: ${unknown} of its ${registered} targets are not checked (it is not attached to the load balancer, their zone is not enabled, or health checks are off)`;
  if (registered > 0 || attached.includes(arn)) return null;
  return `${name} has no targets and is not attached here, so new targets might not be checked`;
}

/** Returns why a group has too few targets, or null if it can grow. */
function whyTooFew(arn: string, healthy: number, to: number, group: string | undefined): string | null {
  if (group !== undefined) return null;
  return `${nameOf(arn)} has ${healthy} healthy targets of ${to} needed, and no tag ${GROUP_TAG} says which Auto Scaling group to grow`;
}
