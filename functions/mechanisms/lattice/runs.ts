import type { Instant } from '../../../src/rollback/request.ts';
import { readSplit, writeContent, writeSplit, type Split } from './split.ts';

/** A stretch of time in which a listener or rule divided its traffic in one way. */
export interface Run {
  readonly split: Split;
  /** When it was first observed. */
  readonly since: Instant;
  /** The sight before that, at which traffic was divided in another way. Absent: unknown. */
  readonly notBefore?: Instant;
}

const TEXT = /^(.+) since (\S+)$/;

/**
 * Writes the id of the revision and its deployment: `tg-0a1b2c3d4e5f60718=1@a1b2c3d4e5f6 since
 * 2026-11-22T03:04:00.000Z`.
 */
export function writeRun({ split, since }: Run): string {
  return `${writeContent(split)} since ${since}`;
}

export function readRun(text: string): Run | null {
  const [, split = '', since = ''] = TEXT.exec(text) ?? [];
  const read = readSplit(split);
  return read === null || Number.isNaN(Date.parse(since)) ? null : { split: read, since };
}

/** Returns whether the weights are equal. */
export function isSame(one: Split, other: Split): boolean {
  return writeSplit(one) === writeSplit(other);
}

/** Returns whether the weights are equal, and no group is known to have run another revision. */
export function mayBeSame(one: Split, other: Split): boolean {
  return (
    isSame(one, other) && one.every((share, index) => mayStandBehind(share.behind, other[index]?.behind))
  );
}

function mayStandBehind(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Returns whether `other` has equal weights and says at least as much about each group. */
export function isSaidBy(split: Split, other: Split): boolean {
  return (
    mayBeSame(split, other) &&
    split.every(({ behind }, index) => behind === undefined || behind === other[index]?.behind)
  );
}
