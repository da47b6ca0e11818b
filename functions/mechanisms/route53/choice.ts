import { provenRunsIn, type Accusation } from '../../../src/ledger/divisions.ts';
import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import { behindIn, compare, type Standing } from './behind.ts';
import { capacityOf, type Capacity } from './capacity.ts';
import { division } from './division.ts';
import { readRun, serving, type Run } from './runs.ts';
import type { Clients, Survey } from './survey.ts';
import {
  changesNothing,
  fitted,
  nameWeights,
  readWeights,
  sharesOf,
  weightIn,
  type Weights,
} from './weights.ts';

/** Weights that may be the last known good, and who says so. */
export interface Candidate {
  readonly run: Run;
  readonly source: Ready['source'];
  /** The same answers were at fault after these were proven, with the same behind them as far as AWS shows it. */
  readonly isBlamedSince?: true;
}

/** The weights to go back to, or that there are none; and what was passed over on the way. */
export type Choice =
  | (Candidate & {
      readonly weights: Weights;
      readonly capacity: Capacity;
      readonly notes: readonly string[];
    })
  /** What would be gone back to gives the answers. */
  | (Candidate & { readonly isThere: true })
  | { readonly run: null; readonly notes: readonly string[] };

/** As many are looked at: each costs calls of the five a second that an account has. */
const MAX_CANDIDATES = 3;

/** Weights that were asked for without saying since when they ran. */
const ASKED = '1970-01-01T00:00:00.000Z';

/** Returns what the ledger has proven, newest first, and may be gone back to from the present weights. */
export function provenIn(seen: Survey, accusation: Accusation): readonly Candidate[] {
  return provenRunsIn(division, seen, accusation, MAX_CANDIDATES).map((proven) => ({
    ...proven,
    source: 'ledger',
  }));
}

/**
 * What was asked for: the id of a revision, or only its weights.
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

/** Takes the first candidate that can be set, behind which the same stands, and whose records can take the traffic. */
export async function choose(
  seen: Survey,
  candidates: readonly Candidate[],
  clients: Clients,
): Promise<Choice> {
  const says = ({ run }: Candidate, why: string) => passedOver(division.nameOf(run), why);
  const { way, notes } = await firstWay(candidates, says, (one) => wayOf(one, seen, clients));
  if (way === null) return { run: null, notes };
  const { candidate, weights, capacity } = way;
  return capacity === null ? { ...candidate, isThere: true } : { ...candidate, weights, capacity, notes };
}

interface Way {
  readonly candidate: Candidate;
  readonly weights: Weights;
  /** Null: it gives the answers. */
  readonly capacity: Capacity | null;
}

async function wayOf(candidate: Candidate, seen: Survey, clients: Clients): Promise<Examined<Way>> {
  const { weights: present } = seen.present;
  const fits = fitted(candidate.run.weights, present);
  if ('problem' in fits) return { blockers: [fits.problem] };
  const { blocker, doubts } = whatStands(candidate, seen.present);
  if (blocker !== null) return { blockers: [blocker] };
  const { weights } = fits;
  if (changesNothing(weights, present)) return { way: { candidate, weights, capacity: null }, notes: [] };
  const capacity = await capacityOf(seen.records, present, weights, seen.balancers, clients);
  if (capacity.blockers.length > 0) return { blockers: capacity.blockers };
  const notes = [...doubts, ...capacity.doubts, ...stillServing(present, weights)];
  return { way: { candidate, weights, capacity }, notes };
}

/** Weights were proven together with what stood behind each record. Who asks for weights takes what stands there. */
function whatStands(
  { run, source, isBlamedSince }: Candidate,
  present: Run,
): { readonly blocker: string | null; readonly doubts: readonly string[] } {
  if (source === 'request') return { blocker: null, doubts: [] };
  const which = (standing: Standing) =>
    serving(run).filter((id) => compare(behindIn(run.behind, id), behindIn(present.behind, id)) === standing);
  const [moved, other, unknown] = [which('points elsewhere'), which('runs something else'), which('unknown')];
  if (moved.length > 0)
    return { blocker: `${moved.join(' and ')} points elsewhere than when that was proven`, doubts: [] };
  if (other.length > 0)
    return { blocker: `${other.join(' and ')} no longer runs what was proven there`, doubts: [] };
  if (unknown.length === 0) return { blocker: null, doubts: [] };
  const doubt = `whether ${unknown.join(' and ')} still runs what was proven there is not known: AWS does not show what stands behind it`;
  return isBlamedSince === true
    ? { blocker: `it was at fault since it was proven, and ${doubt}`, doubts: [] }
    : { blocker: null, doubts: [doubt] };
}

/** A step of a canary may have been proven: what grew since then is suspected, and would go on serving. */
function stillServing(present: Weights, wanted: Weights): readonly string[] {
  const [now, then] = [sharesOf(present), sharesOf(wanted)];
  const kept = Object.keys(now).filter(
    (id) => weightIn(now, id) > weightIn(then, id) && weightIn(then, id) > 0,
  );
  return kept.length === 0
    ? []
    : [`${kept.join(' and ')} got more than before and would go on serving: ${nameWeights(wanted)}`];
}
