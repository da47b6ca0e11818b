import type { Instant } from '../rollback/request.ts';
import type { Division, Run } from './divisions.ts';

/** The part of the traffic that one target group gets. Each kind adds how it names the group. */
interface Part {
  readonly weight: number;
  /** Fingerprint of what ran behind it. Absent: AWS does not show it. */
  readonly behind?: string;
}

/**
 * How a listener or rule divides its traffic, as weights of target groups. Weights have no common divisor, so equal
 * splits have equal texts.
 */
type Parts = readonly Part[];

/** A stretch of time in which a listener or rule divided its traffic in one way. */
export interface SplitRun<S> extends Run {
  readonly split: S;
}

/** How one kind writes its splits. */
export interface Spelling<S extends Parts> {
  /** Writes the weights alone. */
  readonly write: (split: S) => string;
  /** Writes the weights with what runs behind each group. */
  readonly writeContent: (split: S) => string;
  /** Parses both. Returns null for any other text. */
  readonly read: (text: string) => S | null;
  /** Returns the name for people. */
  readonly nameOf: (split: S) => string;
  /** Returns the target group of a part. */
  readonly groupOf: (part: S[number]) => string;
}

const TEXT = /^(.+) since (\S+)$/;

/** Writes the id of the revision and its deployment: `…=1@a1b2c3d4e5f6 since 2026-11-22T03:04:00.000Z`. */
export function writeSince(content: string, since: Instant): string {
  return `${content} since ${since}`;
}

/** Parses text of `writeSince`. Returns null for any other text. */
export function readSince<S>(text: string, read: (text: string) => S | null): SplitRun<S> | null {
  const [, content = '', since = ''] = TEXT.exec(text) ?? [];
  const split = read(content);
  return split === null || Number.isNaN(Date.parse(since)) ? null : { split, since };
}

/** Compares splits of one kind. */
export interface Comparison<S> {
  /** Returns whether the weights are equal. */
  readonly isSame: (one: S, other: S) => boolean;
  /** Returns whether the weights are equal, and no group is known to have run another revision. */
  readonly mayBeSame: (one: S, other: S) => boolean;
  /** Returns whether `other` has equal weights and says at least as much about each group. */
  readonly isSaidBy: (split: S, other: S) => boolean;
}

export function comparing<S extends Parts>(write: (split: S) => string): Comparison<S> {
  const isSame = (one: S, other: S) => write(one) === write(other);
  const mayBeSame = (one: S, other: S) =>
    isSame(one, other) && one.every(({ behind }, index) => mayStandBehind(behind, other[index]?.behind));
  return {
    isSame,
    mayBeSame,
    isSaidBy: (split, other) =>
      mayBeSame(split, other) &&
      split.every(({ behind }, index) => behind === undefined || behind === other[index]?.behind),
  };
}

function mayStandBehind(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Returns the parts with a weight above zero, in the order of their groups, without a common divisor. */
export function inLowestTerms<P extends Part>(
  parts: readonly P[],
  groupOf: (part: P) => string,
): readonly P[] {
  const served = parts.filter(({ weight }) => weight > 0);
  const divisor = served.reduce((common, { weight }) => commonDivisor(common, weight), 0);
  return served
    .map((part) => ({ ...part, weight: part.weight / divisor }))
    .toSorted((one, other) => (groupOf(one) < groupOf(other) ? -1 : 1));
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}

/** Returns whether one group gets everything. Any other division is a step of a rollout, never its end. */
export function isWhole(split: Parts): boolean {
  return split.length === 1;
}

/** Describes how a listener or rule divides its traffic. */
export function divisionOfSplits<S extends Parts>(spelling: Spelling<S>): Division<SplitRun<S>> {
  const { mayBeSame, isSaidBy } = comparing(spelling.write);
  const mayBe = (one: SplitRun<S>, other: SplitRun<S>) => mayBeSame(one.split, other.split);
  return {
    write: ({ split, since }) => writeSince(spelling.writeContent(split), since),
    read: (text) => readSince(text, spelling.read),
    nameOf: ({ split }) => spelling.nameOf(split),
    contentOf: ({ split }) => spelling.writeContent(split),
    mayBeSame: mayBe,
    mayServeAlike: mayBe,
    isSaidBy: (run, other) => isSaidBy(run.split, other.split),
    isKnown: ({ split }) => split.every(({ behind }) => behind !== undefined),
    sidesOf: ({ split }) => ({
      shares: sharesOf(split, spelling),
      isWhole: isWhole(split),
      isDone: isWhole(split),
    }),
  };
}

function sharesOf<S extends Parts>(split: S, { groupOf }: Spelling<S>): Readonly<Record<string, number>> {
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  return Object.fromEntries(
    split.map((part) => [`${groupOf(part)}@${part.behind ?? ''}`, part.weight / sum] as const),
  );
}

/** Returns the target group in the key of a side. */
export function groupIn(side: string): string {
  return side.slice(0, side.lastIndexOf('@'));
}
