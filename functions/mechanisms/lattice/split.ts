import type { RuleAction } from '@aws-sdk/client-vpc-lattice';
import { inLowestTerms, isWhole } from '../../../src/ledger/splits.ts';

/** The part of the traffic that one target group gets. */
export interface Share {
  /** Its id: `tg-0a1b2c3d4e5f60718`. */
  readonly group: string;
  readonly weight: number;
  /** Fingerprint of what ran behind it. Absent: AWS does not show it. */
  readonly behind?: string;
}

/**
 * How traffic is divided: groups with a weight above zero, in the order of their ids, weights without a common divisor.
 * Two actions with the same division have equal splits, whatever is attached at weight 0.
 */
export type Split = readonly Share[];

/** Names of target groups, by their ids. One that is not known is called by its id. */
export type Names = Readonly<Record<string, string>>;

/** The weight of a single group without one (API_WeightedTargetGroup, VPC Lattice). */
const DEFAULT_WEIGHT = 100;

/** Returns every group that an action forwards to, including those at weight 0; null if it does not forward. */
export function sharesOf({ forward }: RuleAction): readonly Share[] | null {
  if (forward === undefined) return null;
  return (forward.targetGroups ?? []).map(({ targetGroupIdentifier = '', weight = DEFAULT_WEIGHT }) => ({
    group: idIn(targetGroupIdentifier),
    weight,
  }));
}

/** Returns the id in an identifier, which may be an ARN. */
function idIn(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}

export function splitOf(shares: readonly Share[]): Split {
  return inLowestTerms(shares, ({ group }) => group);
}

export function groupsIn(split: readonly Share[]): readonly string[] {
  return split.map(({ group }) => group);
}

/** Returns the groups that have a part of the traffic and are to have none. */
export function losing(split: Split, to: Split | undefined): readonly string[] {
  const kept = groupsIn(to ?? split);
  return groupsIn(split).filter((group) => !kept.includes(group));
}

const NO_GROUP = 'nobody';

/** Writes `tg-0a1b2c3d4e5f60718=9 tg-1b2c3d4e5f6071829=1`. Equal splits have equal texts. */
export function writeSplit(split: Split): string {
  const parts = split.map(({ group, weight }) => `${group}=${weight}`);
  return parts.length === 0 ? NO_GROUP : parts.join(' ');
}

/** Writes `tg-0a1b2c3d4e5f60718=1@a1b2c3d4e5f6`: the split, with what runs behind each group if AWS shows it. */
export function writeContent(split: Split): string {
  return split.length === 0 ? NO_GROUP : split.map(writeShare).join(' ');
}

function writeShare(share: Share): string {
  return share.behind === undefined ? writeSplit([share]) : `${writeSplit([share])}@${share.behind}`;
}

const PART = /^(tg-[0-9a-z]{17})=(\d{1,3})(?:@([0-9a-f]{12}))?$/;

/** Reads text written by `writeSplit` or `writeContent`; null for any other text, such as one that names a group twice. */
export function readSplit(text: string): Split | null {
  if (text === NO_GROUP) return [];
  const parts = text.split(' ').map((part) => PART.exec(part));
  const shares = parts.flatMap((part) => (part === null ? [] : [shareIn(part)]));
  const isRead = shares.length === parts.length && new Set(groupsIn(shares)).size === shares.length;
  return isRead ? splitOf(shares) : null;
}

function shareIn([, group = '', weight, behind]: RegExpExecArray): Share {
  return { group, weight: Number(weight), ...(behind !== undefined && { behind }) };
}

/** Returns the same weights with what runs behind each group now. */
export function withBehind(split: Split, behind: ReadonlyMap<string, string>): Split {
  return split.map(({ group, weight }) => {
    const found = behind.get(group);
    return { group, weight, ...(found !== undefined && { behind: found }) };
  });
}

/** Writes a split for people: `checkout-blue`, `90 % checkout-blue and 10 % checkout-green`. */
export function nameSplit(split: Split, names: Names): string {
  const [only] = split;
  if (only === undefined) return 'no target group at all';
  if (isWhole(split)) return nameOf(only.group, names);
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  const parts = split.map(({ group, weight }) => [nameOf(group, names), (100 * weight) / sum] as const);
  return parts
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, percent]) => `${rounded(percent)} % ${name}`)
    .join(' and ');
}

/** Keeps a decimal where a whole number would say that a group gets all of the traffic, or none. */
function rounded(percent: number): number {
  const whole = Math.round(percent);
  return whole === 0 || whole === 100 ? Number(percent.toFixed(1)) : whole;
}

export function nameOf(group: string, names: Names): string {
  return names[group] ?? group;
}
