import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { asOne } from '../../../src/rollback/first-sight.ts';
import { nameSplit, readSplit, writeSplit, type Split } from './split.ts';

/**
 * A stretch of time in which traffic was divided in one way. Blue and green take turns for good, so the split alone
 * would condemn green for ever after one bad release: what ran is the split and since when.
 */
export interface Run {
  readonly split: Split;
  /** When it was first seen. */
  readonly since: Instant;
}

const TEXT = /^(.+) since (\S+)$/;

/** `checkout-green/73e2d6bc24d8a067=1 since 2026-11-22T03:04:00.000Z`: id of the revision, and of its deployment. */
export function writeRun({ split, since }: Run): string {
  return `${writeSplit(split)} since ${since}`;
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
    (entry) => readRun(entry.state === 'candidate' ? entry.deployment : entry.revision.id, arn) ?? [],
  );
  return runs.toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since));
}

/** The same without those that were first seen twice. */
export function asOneEach(runs: readonly Run[]): readonly Run[] {
  return asOne(runs, (one, other) => isSame(one.split, other.split));
}

/** The run that goes on now, where the ledger knows it: the newest of all, if it divides the traffic like that. */
export function runningNow(runs: readonly Run[], split: Split): Run | null {
  const [newest] = runs;
  return newest !== undefined && isSame(newest.split, split) ? newest : null;
}

export function isSame(one: Split, other: Split): boolean {
  return writeSplit(one) === writeSplit(other);
}
