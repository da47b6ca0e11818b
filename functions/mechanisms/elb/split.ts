import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { inLowestTerms, isWhole } from '../../../src/ledger/splits.ts';

/** The part of the traffic that one target group gets. */
export interface Share {
  readonly targetGroup: string;
  readonly weight: number;
  /** Fingerprint of what ran behind it. Absent: AWS does not show it. */
  readonly behind?: string;
}

/**
 * How traffic is divided: groups with a weight above zero, in the order of their ARNs, weights without a common
 * divisor. Two actions with the same division have equal splits, whatever is attached at weight 0.
 */
export type Split = readonly Share[];

/** Returns every group that the actions forward to, including those at weight 0; null if they do not forward. */
export function sharesOf(actions: readonly Action[]): readonly Share[] | null {
  const forward = actions.find(({ Type }) => Type === 'forward');
  if (forward === undefined) return null;
  const { TargetGroupArn, ForwardConfig } = forward;
  const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
  // API_TargetGroupTuple, Elastic Load Balancing: a group without a weight has weight 1.
  return groups.map((group) => ({ targetGroup: group.TargetGroupArn ?? '', weight: group.Weight ?? 1 }));
}

export function splitOf(shares: readonly Share[]): Split {
  return inLowestTerms(shares, ({ targetGroup }) => targetGroup);
}

const NO_GROUP = 'nobody';

/** Writes `checkout-blue/6d0ecf831eec9f09=9 checkout-green/73e2d6bc24d8a067=1`. Equal splits have equal texts. */
export function writeSplit(split: Split): string {
  const parts = split.map(({ targetGroup, weight }) => `${idOf(targetGroup)}=${weight}`);
  return parts.length === 0 ? NO_GROUP : parts.join(' ');
}

/**
 * Writes `checkout-blue/6d0ecf831eec9f09=1@a1b2c3d4e5f6`: the split, with what runs behind each group if AWS shows it.
 */
export function writeContent(split: Split): string {
  return split.length === 0 ? NO_GROUP : split.map(writeShare).join(' ');
}

function writeShare(share: Share): string {
  return share.behind === undefined ? writeSplit([share]) : `${writeSplit([share])}@${share.behind}`;
}

const PART = /^([A-Za-z0-9-]{1,32}\/[0-9a-f]{16,32})=(\d{1,3})(?:@([0-9a-f]{12}))?$/;

/**
 * Reads text written by `writeSplit` or `writeContent`; null for any other text. `arn` is the listener's or rule's,
 * which has the account and Region of its groups.
 */
export function readSplit(text: string, arn: string): Split | null {
  if (text === NO_GROUP) return [];
  const beside = `${arn.split(':').slice(0, 5).join(':')}:targetgroup/`;
  const parts = text.split(' ').map((part) => PART.exec(part));
  const shares = parts.flatMap((part) => (part === null ? [] : [shareIn(part, beside)]));
  return shares.length === parts.length ? splitOf(shares) : null;
}

function shareIn([, group = '', weight, behind]: RegExpExecArray, beside: string): Share {
  const share = { targetGroup: `${beside}${group}`, weight: Number(weight) };
  return behind === undefined ? share : { ...share, behind };
}

/** Returns the same weights with what runs behind each group now. */
export function withBehind(split: Split, behind: ReadonlyMap<string, string>): Split {
  return split.map(({ targetGroup, weight }) => {
    const found = behind.get(targetGroup);
    return { targetGroup, weight, ...(found !== undefined && { behind: found }) };
  });
}

/** Writes a split for people: `checkout-blue`, `90 % checkout-blue and 10 % checkout-green`. */
export function nameSplit(split: Split): string {
  const [only] = split;
  if (only === undefined) return 'no target group at all';
  if (isWhole(split)) return nameOf(only.targetGroup);
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  return split
    .map(({ targetGroup, weight }) => `${Math.round((100 * weight) / sum)} % ${nameOf(targetGroup)}`)
    .join(' and ');
}

/** Returns `checkout-blue` of `arn:…:targetgroup/checkout-blue/6d0ecf831eec9f09`. */
export function nameOf(targetGroup: string): string {
  return idOf(targetGroup).split('/')[0] ?? targetGroup;
}

function idOf(targetGroup: string): string {
  return targetGroup.slice(targetGroup.indexOf('/') + 1);
}
