import type { Accusation } from '../../../src/ledger/divisions.ts';
import { candidateRuns, sourceOf } from '../../../src/ledger/way-candidates.ts';
import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import type { Rollout } from '../../../src/rollback/rollouts.ts';
import {
  blockedBy,
  stillProven,
  AS_PROVEN,
  type Reserved,
  type StillProven,
} from '../../../src/rollback/still-proven.ts';
import { behindIn, compare, type Compared } from './behind.ts';
import { capacityOf, type Capacity, type ReadHealthCheck } from './capacity.ts';
import { division } from './division.ts';
import { readRun, serving, type Run } from './runs.ts';
import type { Survey } from './survey.ts';
import {
  changesNothing,
  fitted,
  nameWeights,
  readWeights,
  sharesOf,
  weightIn,
  type Weights,
} from './weights.ts';

/** Weights that may be the last known good, and the source that says so. */
export interface Candidate extends Reserved {
  readonly run: Run;
  readonly source: Ready['source'];
}

/** The present weights, and the suspect. */
export interface Found extends Accusation {
  readonly current: Run;
  readonly rollouts: readonly Rollout[];
}

/** The weights to go back to, if there are any, and the candidates that were passed over. */
export type Choice =
  | (Candidate & {
      readonly weights: Weights;
      readonly capacity: Capacity;
      readonly notes: readonly string[];
    })
  /** What would be gone back to gives the answers. */
  | (Candidate & { readonly isThere: true })
  | { readonly run: null; readonly notes: readonly string[] };

/** Limits the reads: each candidate costs calls, and an account has five a second. */
const MAX_CANDIDATES = 3;

/** The time of requested weights, if the request gives none. */
const ASKED = '1970-01-01T00:00:00.000Z';

/**
 * Returns the proven weights that came before the suspect and answer differently, newest first. Then those before the
 * suspect, if they are not proven.
 */
export function candidatesIn(seen: Survey, found: Found): readonly Candidate[] {
  return candidateRuns(division, seen, found, MAX_CANDIDATES).map((candidate) => ({
    ...candidate,
    source: sourceOf(candidate),
  }));
}

/**
 * Parses the requested revision: its id, or only its weights.
 * @throws InvalidRequest
 */
export function requestedIn(revision: string, { present }: Survey): Candidate {
  const weights = readRun(revision)?.weights ?? readWeights(revision);
  const invalid = (problem: string) =>
    new InvalidRequest('request.revision', `${JSON.stringify(revision)} ${problem}`);
  if (weights === null) throw invalid('must be weights such as blue=255 green=0');
  const fits = fitted(weights, present.weights);
  if ('problem' in fits) throw invalid(`cannot be set: ${fits.problem}`);
  return { run: readRun(revision) ?? { weights, behind: {}, since: ASKED }, source: 'request' };
}

/**
 * Takes the first candidate that can be set, still has the same behind it, and whose records can take the traffic. The
 * health checks of the last proven candidate are left to Revert, which reads them before it writes: no other proven one
 * could be taken instead, and each costs two of the five calls that an account has in a second.
 */
export async function choose(
  seen: Survey,
  candidates: readonly Candidate[],
  healthCheck: ReadHealthCheck,
): Promise<Choice> {
  const says = ({ run }: Candidate, why: string) => passedOver(division.nameOf(run), why);
  const last = candidates.findLast(({ isUnproven }) => isUnproven !== true);
  const { way, notes } = await firstWay(candidates, says, (one) =>
    wayOf(one, seen, one === last || one.isUnproven === true ? null : healthCheck),
  );
  if (way === null) return { run: null, notes };
  const { candidate, weights, capacity } = way;
  return capacity === null ? { ...candidate, isThere: true } : { ...candidate, weights, capacity, notes };
}

interface Way {
  readonly candidate: Candidate;
  readonly weights: Weights;
  /** Null: the present weights already give these answers. */
  readonly capacity: Capacity | null;
}

async function wayOf(
  candidate: Candidate,
  seen: Survey,
  healthCheck: ReadHealthCheck | null,
): Promise<Examined<Way>> {
  const { weights: present } = seen.present;
  const fits = fitted(candidate.run.weights, present);
  if ('problem' in fits) return { blockers: [fits.problem] };
  const { blocker, doubts } = comparedToProof(candidate, seen.present);
  if (blocker !== null) return { blockers: [blocker] };
  const { weights } = fits;
  if (changesNothing(weights, present)) return { way: { candidate, weights, capacity: null }, notes: [] };
  const capacity = await capacityOf(seen.records, present, weights, seen.balancers, healthCheck);
  if (capacity.blockers.length > 0) return { blockers: capacity.blockers };
  const notes = [...doubts, ...capacity.doubts, ...stillServing(present, weights)];
  return { way: { candidate, weights, capacity }, notes };
}

/**
 * Compares what is behind each record with what was proven there. A request for weights alone accepts what is there
 * now.
 */
function comparedToProof(candidate: Candidate, present: Run): StillProven {
  const { run, source } = candidate;
  if (source === 'request') return AS_PROVEN;
  const which = (wanted: Compared) =>
    serving(run).filter((id) => compare(behindIn(run.behind, id), behindIn(present.behind, id)) === wanted);
  const moved = which('points elsewhere');
  if (moved.length > 0)
    return blockedBy(`${moved.join(' and ')} pointed elsewhere when the weights were proven`);
  const strangers = { other: which('runs something else'), unknown: which('unknown') };
  return stillProven({ ...strangers, hidden: 'what is behind it' }, candidate);
}

/**
 * Returns why a step of a canary is no way back: records that gained weight since then are suspect and would still
 * serve.
 */
function stillServing(present: Weights, wanted: Weights): readonly string[] {
  const [now, then] = [sharesOf(present), sharesOf(wanted)];
  const kept = Object.keys(now).filter(
    (id) => weightIn(now, id) > weightIn(then, id) && weightIn(then, id) > 0,
  );
  return kept.length === 0
    ? []
    : [`${kept.join(' and ')} gained traffic since then and would keep serving: ${nameWeights(wanted)}`];
}
