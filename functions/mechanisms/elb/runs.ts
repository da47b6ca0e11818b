import type { Instant } from '../../../src/rollback/request.ts';
import { readSplit, writeContent, writeSplit, type Split } from './split.ts';

/** A stretch of time in which a listener or rule divided its traffic in one way. */
export interface Run {
  readonly split: Split;
  /** When it was first seen. */
  readonly since: Instant;
}

const TEXT = /^(.+) since (\S+)$/;

/** `checkout-green/73e2d6bc24d8a067=1@a1b2c3d4e5f6 since 2026-11-22T03:04:00.000Z`: id of the revision and its deployment. */
export function writeRun({ split, since }: Run): string {
  return `${writeContent(split)} since ${since}`;
}

export function readRun(text: string, arn: string): Run | null {
  const [, split = '', since = ''] = TEXT.exec(text) ?? [];
  const read = readSplit(split, arn);
  return read === null || Number.isNaN(Date.parse(since)) ? null : { split: read, since };
}

/** Whether the weights are the same. */
export function isSame(one: Split, other: Split): boolean {
  return writeSplit(one) === writeSplit(other);
}

/** Whether the weights are the same, and nothing shows that something else stood behind a group. */
export function mayBeSame(one: Split, other: Split): boolean {
  return (
    isSame(one, other) && one.every((share, index) => mayStandBehind(share.behind, other[index]?.behind))
  );
}

function mayStandBehind(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether a split says no more than another of the same weights: of each group what stands behind it, or nothing. */
export function isSaidBy(split: Split, other: Split): boolean {
  return (
    mayBeSame(split, other) &&
    split.every(({ behind }, index) => behind === undefined || behind === other[index]?.behind)
  );
}
