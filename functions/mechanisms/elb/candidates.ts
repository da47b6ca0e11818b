import type { Entry } from '../../../src/ledger/ledger.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { amongOnes } from '../../../src/rollback/first-sight.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import { isSame, readRun, toRevision, writeRun, type Run } from './runs.ts';
import { nameSplit, readSplit, type Split } from './split.ts';
import type { Survey } from './survey.ts';

/** A division of traffic that may be the last known good, and who says so. */
export interface Candidate {
  readonly split: Split;
  readonly revision: Revision;
  readonly source: Extract<Plan, { state: 'ready' }>['source'];
}

/** As many as are looked at: each costs a call for every group of it. */
const MOST = 6;

/**
 * What the ledger has proven, newest first: each division once, and not the one that is there now. A run may be proven by
 * the id that the sweep gave it, and condemned by that of a plan.
 */
export function provenIn({ entries, split, arn, runs }: Survey): readonly Candidate[] {
  const idIn = (run: Run) => writeRun(amongOnes(runs, run));
  const condemned = new Set(runsThat('condemned', entries, arn).map(idIn));
  const proven = runsThat('proven', entries, arn).filter(
    (run) => !isSame(run.split, split) && !condemned.has(idIn(run)),
  );
  return proven
    .filter((run, index) => proven.findIndex((other) => isSame(other.split, run.split)) === index)
    .slice(0, MOST)
    .map((run) => ({ split: run.split, revision: toRevision(run), source: 'ledger' }));
}

function runsThat(are: 'proven' | 'condemned', entries: readonly Entry[], arn: string): readonly Run[] {
  return entries.flatMap((entry) => (entry.state === are ? (readRun(entry.revision.id, arn) ?? []) : []));
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
