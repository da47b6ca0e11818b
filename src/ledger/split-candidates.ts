import { blameOf } from '../rollback/blame.ts';
import type { Plannable } from '../rollback/document.ts';
import type { Ready, Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import type { Rollout } from '../rollback/rollouts.ts';
import type { Reserved } from '../rollback/still-proven.ts';
import {
  currentRun,
  rolloutsOf,
  sightBeforeRun,
  toRevision,
  type Accusation,
  type Division,
} from './divisions.ts';
import type { Entry } from './ledger.ts';
import type { SplitRun } from './splits.ts';
import { candidateRuns, sourceOf } from './way-candidates.ts';

/** The present division, and the ledger's observations. */
export interface SeenSplit<S> {
  readonly split: S;
  readonly entries: readonly Entry[];
  /** The sweep's last sight of it. Absent: unknown. */
  readonly notBefore?: Instant;
  /** Newest first, without duplicates. */
  readonly runs: readonly SplitRun<S>[];
}

/** A division of traffic that may be the last known good, and the source that says so. */
export interface SplitCandidate<S> extends Reserved {
  readonly split: S;
  readonly revision: Revision;
  readonly source: Ready['source'];
}

/** Limits the reads: each candidate costs calls. */
const MAX_CANDIDATES = 6;

/** The present division, and the suspect. */
export interface FoundSplit<S> extends Accusation {
  /** The present division. Its time is the claim's, as if it was first observed then. */
  readonly present: SplitRun<S>;
  readonly current: SplitRun<S>;
  readonly rollouts: readonly Rollout[];
}

export function lookAt<S>(
  division: Division<SplitRun<S>>,
  { runs, split, entries, notBefore }: SeenSplit<S>,
  rollback: Plannable,
): FoundSplit<S> {
  const now = { split, since: rollback.since };
  const present = { ...now, ...sightBeforeRun(division, runs, now, notBefore ?? null) };
  const current = currentRun(division, runs, present);
  const rollouts = rolloutsOf(division, current, runs, entries);
  const recent = rollouts.map(({ deployment }) => deployment);
  return { present, current, rollouts, recent, blame: blameOf(recent, rollback) };
}

/**
 * Returns the proven divisions that came before the suspect and differ from it, newest first. Then the one before the
 * suspect, if it is not proven.
 */
export function splitsBefore<S>(
  division: Division<SplitRun<S>>,
  { entries, runs }: SeenSplit<S>,
  found: FoundSplit<S>,
): readonly SplitCandidate<S>[] {
  const { present } = found;
  return candidateRuns(division, { entries, runs, present }, found, MAX_CANDIDATES).map(
    ({ run, ...reserved }) => ({
      split: run.split,
      revision: toRevision(division, run),
      source: sourceOf(reserved),
      ...reserved,
    }),
  );
}
