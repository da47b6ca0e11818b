import { provenRunsIn, toRevision, type Accusation } from '../../../src/ledger/divisions.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import { divisionOf } from './division.ts';
import { readRun, type Run } from './runs.ts';
import { nameSplit, readSplit, type Split } from './split.ts';
import type { Survey } from './survey.ts';

/** A division of traffic that may be the last known good, and the source that says so. */
export interface Candidate {
  readonly split: Split;
  readonly revision: Revision;
  readonly source: Extract<Plan, { state: 'ready' }>['source'];
  /** The same weights were condemned after these were proven, with the same targets behind them as far as AWS shows. */
  readonly isBlamedSince?: true;
}

/** Limits the reads: each candidate costs a call for every group of it. */
const MAX_CANDIDATES = 6;

/** Returns the proven divisions that came before the suspect and differ from it, newest first. */
export function provenIn(
  { entries, runs, arn }: Survey,
  present: Run,
  accusation: Accusation,
): readonly Candidate[] {
  const division = divisionOf(arn);
  return provenRunsIn(division, { entries, runs, present }, accusation, MAX_CANDIDATES).map(
    ({ run, ...blamed }) => ({
      split: run.split,
      revision: toRevision(division, run),
      source: 'ledger',
      ...blamed,
    }),
  );
}

/**
 * Parses the requested revision: its id, or only its weights.
 * @throws InvalidRequest
 */
export function requestedIn(revision: string, arn: string): Candidate {
  const split = readRun(revision, arn)?.split ?? readSplit(revision, arn);
  if (split === null || split.length === 0)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be weights such as checkout-blue/6d0ecf831eec9f09=1`,
    );
  return { split, revision: { id: revision, name: nameSplit(split) }, source: 'request' };
}
