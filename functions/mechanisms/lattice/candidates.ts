import {
  currentRun,
  provenRunsIn,
  rolloutsOf,
  sightBeforeRun,
  toRevision,
  type Accusation,
} from '../../../src/ledger/divisions.ts';
import { blameOf } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';
import { divisionOf } from './division.ts';
import { readRun, type Run } from './runs.ts';
import type { Seen } from './seen.ts';
import { nameSplit, readSplit, type Names, type Split } from './split.ts';

/** A division of traffic that may be the last known good, and the source that says so. */
export interface Candidate {
  readonly split: Split;
  readonly revision: Revision;
  readonly source: Extract<Plan, { state: 'ready' }>['source'];
  /** The same weights were condemned after these were proven, with the same targets behind them as far as AWS shows. */
  readonly isBlamedSince?: true;
}

/** Limits the reads: each candidate costs calls. */
const MAX_CANDIDATES = 6;

/** The present division, and the suspect. */
export interface Found extends Accusation {
  /** The present division. Its time is the claim's, as if it was first observed then. */
  readonly present: Run;
  readonly current: Run;
  readonly rollouts: readonly Rollout[];
}

export function look({ runs, split, entries, names, notBefore }: Seen, rollback: Plannable): Found {
  const division = divisionOf(names);
  const now = { split, since: rollback.since };
  const present = { ...now, ...sightBeforeRun(division, runs, now, notBefore ?? null) };
  const current = currentRun(division, runs, present);
  const rollouts = rolloutsOf(division, current, runs, entries);
  const recent = rollouts.map(({ deployment }) => deployment);
  return { present, current, rollouts, recent, blame: blameOf(recent, rollback) };
}

/**
 * Returns the requested division, or the proven ones that came before the suspect and differ from it, newest first.
 * @throws InvalidRequest
 */
export function candidatesFor(seen: Seen, rollback: Plannable): readonly Candidate[] {
  const { revision } = rollback.request;
  return revision === undefined ? provenIn(seen, look(seen, rollback)) : [requestedIn(revision, seen.names)];
}

export function provenIn({ entries, runs, names }: Seen, found: Found): readonly Candidate[] {
  const division = divisionOf(names);
  const { present } = found;
  return provenRunsIn(division, { entries, runs, present }, found, MAX_CANDIDATES).map(
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
export function requestedIn(revision: string, names: Names): Candidate {
  const split = readRun(revision)?.split ?? readSplit(revision);
  if (split === null || split.length === 0)
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(revision)} must be weights such as tg-0a1b2c3d4e5f60718=1`,
    );
  return { split, revision: { id: revision, name: nameSplit(split, names) }, source: 'request' };
}
