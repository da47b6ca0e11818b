import type { Entry } from '../../../src/ledger/ledger.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { amongOnes } from '../../../src/rollback/first-sight.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import { capacityOf, type Capacity } from './capacity.ts';
import { readRun, toRevision, writeRun, type Run } from './runs.ts';
import type { Clients, Survey } from './survey.ts';
import {
  changesNothing,
  fitted,
  isSame,
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
}

/** The weights to go back to, or that there are none; and what was passed over on the way. */
export type Choice =
  | (Candidate & {
      readonly weights: Weights;
      readonly capacity: Capacity;
      readonly notes: readonly string[];
    })
  | { readonly run: null; readonly notes: readonly string[] };

/** As many as are looked at: each costs calls of the five a second that an account has. */
const MOST = 3;

/** Weights that were asked for without saying since when they ran. */
const ASKED = '1970-01-01T00:00:00.000Z';

/**
 * What the ledger has proven, newest first, and not what divides the answers as they are divided now. A run may be proven
 * by the id that the sweep gave it, and condemned by that of a plan.
 */
export function provenIn({ entries, runs, current }: Survey): readonly Candidate[] {
  const idIn = (run: Run) => writeRun(amongOnes(runs, run));
  const condemned = new Set(runsThat('condemned', entries).map(idIn));
  return runsThat('proven', entries)
    .filter((run) => !condemned.has(idIn(run)) && !changesNothing(run.weights, current.weights))
    .filter((run, i, all) => all.findIndex((other) => isSame(other.weights, run.weights)) === i)
    .slice(0, MOST)
    .map((run) => ({ run, source: 'ledger' }));
}

function runsThat(are: 'proven' | 'condemned', entries: readonly Entry[]): readonly Run[] {
  return entries.flatMap((entry) => (entry.state === are ? (readRun(entry.revision.id) ?? []) : []));
}

/**
 * What was asked for: the id of a revision, or only its weights.
 * @throws InvalidRequest
 */
export function requestedIn(revision: string, { current }: Survey): Candidate {
  const weights = readRun(revision)?.weights ?? readWeights(revision);
  const invalid = (problem: string) =>
    new InvalidRequest('request.revision', `${JSON.stringify(revision)} ${problem}`);
  if (weights === null) throw invalid('must be weights such as blue=255 green=0');
  const fits = fitted(weights, current.weights);
  if ('problem' in fits) throw invalid(`cannot be set: ${fits.problem}`);
  return { run: readRun(revision) ?? { weights, since: ASKED }, source: 'request' };
}

/** Takes the first candidate that can be set and whose records can take the traffic. */
export async function choose(
  seen: Survey,
  candidates: readonly Candidate[],
  clients: Clients,
): Promise<Choice> {
  const passedOver: string[] = [];
  const present = seen.current.weights;
  for (const candidate of candidates) {
    const { name } = toRevision(candidate.run);
    const fits = fitted(candidate.run.weights, present);
    if ('problem' in fits) {
      passedOver.push(`passed over ${name}: ${fits.problem}`);
      continue;
    }
    const { weights } = fits;
    const capacity = await capacityOf(seen.records, present, weights, clients);
    const notes = [...passedOver, ...capacity.doubts, ...stillServing(present, weights)];
    if (capacity.hindrances.length === 0) return { ...candidate, weights, capacity, notes };
    passedOver.push(...capacity.hindrances.map((hindrance) => `passed over ${name}: ${hindrance}`));
  }
  return { run: null, notes: passedOver };
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
