import type { Entry } from '../../../src/ledger/ledger.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { isBefore, type Blame } from '../../../src/rollback/blame.ts';
import { amongOnes } from '../../../src/rollback/first-sight.ts';
import type { Deployment, Plan, Revision } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { mayBeSame, readRun, toRevision, writeRun, type Run } from './runs.ts';
import { nameSplit, readSplit, writeContent, type Split } from './split.ts';
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

/** Who is held responsible, among the last deployments. */
export interface Accusation {
  readonly blame: Blame | null;
  readonly recent: readonly Deployment[];
}

/**
 * Returns what the ledger has proven, newest first: each division once, and none that is or may be the one at fault, or that
 * came after it. A run may be proven by the id that the sweep gave it, and condemned by that of a plan.
 */
export function provenIn(seen: Survey, { blame, recent }: Accusation): readonly Candidate[] {
  const { entries, split, arn, runs } = seen;
  const condemned = runsThat('condemned', entries, arn).map((run) => amongOnes(runs, run));
  const atFault = blame === null ? split : (readRun(blame.suspect.revision.id, arn)?.split ?? split);
  const proven = runsThat('proven', entries, arn).filter(
    (run) =>
      !mayBeSame(run.split, atFault) &&
      !isCondemned(amongOnes(runs, run), condemned) &&
      (blame === null || isBefore({ content: writeContent(run.split), since: run.since }, blame, recent)),
  );
  return proven
    .filter((run, index) => proven.findIndex((other) => mayBeSame(other.split, run.split)) === index)
    .slice(0, MAX_CANDIDATES)
    .map((run) => ({
      split: run.split,
      revision: toRevision(run),
      source: 'ledger',
      ...(condemned.some((one) => isAgain(one, run)) && { isBlamedSince: true }),
    }));
}

/** Weights that were bad once may be good the next time; with the same behind them they stay bad. */
function isCondemned(run: Run, condemned: readonly Run[]): boolean {
  const isKnown = run.split.every(({ behind }) => behind !== undefined);
  return condemned.some(
    (one) =>
      writeRun(one) === writeRun(run) || (isKnown && writeContent(one.split) === writeContent(run.split)),
  );
}

function isAgain(later: Run, { split, since }: Run): boolean {
  return isAfter(later.since, since) && mayBeSame(later.split, split);
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
