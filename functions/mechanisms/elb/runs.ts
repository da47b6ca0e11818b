import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { asOne } from '../../../src/rollback/first-sight.ts';
import { nameSplit, readSplit, writeContent, writeSplit, type Split } from './split.ts';

/**
 * A stretch of time in which traffic was divided in one way, with the same behind each group. Blue and green take turns for
 * good, so the split alone would condemn green for ever after one bad release: what ran is the split, what stood behind
 * it, and since when.
 */
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

export function toRevision(run: Run): Revision {
  return { id: writeRun(run), name: nameSplit(run.split) };
}

/** The runs that the ledger knows of, newest first. */
export function runsIn(entries: readonly Entry[], arn: string): readonly Run[] {
  const runs = entries.flatMap(
    (entry) => readRun('deployment' in entry ? entry.deployment : entry.revision.id, arn) ?? [],
  );
  return runs.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

/** The same without those that were first seen twice. */
export function asOneEach(runs: readonly Run[]): readonly Run[] {
  return asOne(runs, (one, other) => mayBeSame(one.split, other.split));
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
