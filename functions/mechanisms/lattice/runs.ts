import { comparing, readSince, writeSince, type SplitRun } from '../../../src/ledger/splits.ts';
import { readSplit, writeContent, writeSplit, type Split } from './split.ts';

/** A stretch of time in which a listener or rule divided its traffic in one way. */
export type Run = SplitRun<Split>;

/**
 * Writes the id of the revision and its deployment: `tg-0a1b2c3d4e5f60718=1@a1b2c3d4e5f6 since
 * 2026-11-22T03:04:00.000Z`.
 */
export function writeRun({ split, since }: Run): string {
  return writeSince(writeContent(split), since);
}

export function readRun(text: string): Run | null {
  return readSince(text, readSplit);
}

export const { isSame, mayBeSame, isSaidBy } = comparing<Split>(writeSplit);
