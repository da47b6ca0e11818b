import { provenRunsIn, toRevision, type Accusation } from '../../../src/ledger/divisions.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import { divisionOf } from './division.ts';
import { readRun, type Run } from './runs.ts';
import { nameSplit, readSplit, type Split } from './split.ts';
import type { Survey } from './survey.ts';

/** A division of traffic that may be the last known good, and who says so. */
export interface Candidate {
  readonly split: Split;
  readonly revision: Revision;
  readonly source: Extract<Plan, { state: 'ready' }>['source'];
  /** The same weights were at fault after these were proven, with the same behind them as far as AWS shows it. */
  readonly isBlamedSince?: true;
}

/** As many are looked at: each costs a call for every group of it. */
const MAX_CANDIDATES = 6;

/** Returns what the ledger has proven, newest first, and may be gone back to from the present division. */
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
 * What was asked for: the id of a revision, or only its weights.
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
