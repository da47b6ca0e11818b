import { provenIn } from '../../../src/ledger/among.ts';
import { isBefore } from '../../../src/rollback/blame.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { patchTo } from './change.ts';
import { sidesIn } from './configuration.ts';
import { deploymentIn, isSide, readSide, writeSide } from './side.ts';
import type { Survey } from './survey.ts';

/** A side that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly side: string;
  readonly source: Ready['source'];
  /** When it was last introduced; absent: a request names it. */
  readonly since?: Instant;
  /** A doubt about what the request names. */
  readonly note?: string;
}

/** The side to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | { readonly to: string; readonly source: Ready['source']; readonly notes: readonly string[] }
  | { readonly to: null; readonly notes: readonly string[] };

/** Limits what is looked at: the ledger keeps what was proven for long. */
const MAX_CANDIDATES = 6;

/** The side beside the one that is being introduced was there before any known time. */
const BEFORE = '1970-01-01T00:00:00.000Z';

/**
 * Returns the sides that the ledger has proven, newest first. Then comes the side beside the one that is being
 * introduced, which was there before it. Age alone proves nothing, so without these there is no candidate.
 */
export function candidatesIn({ entries, known, standing, blame }: Survey): readonly Candidate[] {
  const suspect = blame?.suspect.revision.id ?? standing.introduced;
  const isFit = (side: string) => side !== suspect && !known.condemned.has(side);
  const proven = provenIn(entries)
    .map(({ revision, completedAt }) => ({ side: revision.id, since: completedAt }))
    .filter(({ side }) => isSide(side) && isFit(side))
    .slice(0, MAX_CANDIDATES);
  const beside = [standing.beside ?? ''].filter(
    (side) => side !== '' && isFit(side) && !proven.some((one) => one.side === side),
  );
  return [
    ...proven.map((one) => ({ ...one, source: 'ledger' as const })),
    ...beside.map((side) => ({ side, source: 'deployments' as const, since: BEFORE })),
  ];
}

/**
 * Returns the side that a request names: whole, with exactly its variables, or only by its deployment. The latter gets
 * the variables with which it ran last, or else those of the stage.
 * @throws InvalidRequest
 */
export async function requestedIn(revision: string, seen: Survey): Promise<Candidate> {
  const invalid = (problem: string) =>
    new InvalidRequest('request.revision', `${JSON.stringify(revision)} ${problem}`);
  const side = readSide(revision);
  if (side === null) throw invalid('is not the id of a deployment, such as abc123 or abc123?backend=v1');
  const id = deploymentIn(side);
  if (!(await isThere(id, seen))) throw invalid(`names no deployment of ${seen.name.api}`);
  const known = knownSides(seen);
  if (side !== id) {
    const isKnown = known.includes(side);
    const doubt = `it is unknown whether ${id} ever ran with these stage variables`;
    return { side, source: 'request', ...(!isKnown && { note: doubt }) };
  }
  const found = known.find((one) => deploymentIn(one) === id);
  if (found !== undefined) return { side: found, source: 'request' };
  const note = `it is unknown with which stage variables ${id} ran: those of the stage stay`;
  return { side: writeSide(id, seen.stage.variables), source: 'request', note };
}

/** Returns all sides that are known, newest first. */
function knownSides({ history, entries }: Survey): readonly string[] {
  return [
    ...history.pointings.flatMap(({ configuration }) => sidesIn(configuration)),
    ...provenIn(entries).map(({ revision }) => revision.id),
  ];
}

/** Takes the first candidate whose deployment still exists and whose variables are known. */
export async function choose(seen: Survey, candidates: readonly Candidate[]): Promise<Choice> {
  const says = ({ side }: Candidate, why: string) => passedOver(side, why);
  const { way, notes } = await firstWay(candidates, says, async (candidate): Promise<Examined<Candidate>> => {
    const why = whyNotBefore(candidate, seen) ?? (await whyNotPossible(candidate.side, seen));
    return why === null ? { way: candidate, notes: [] } : { blockers: [why] };
  });
  if (way === null) return { to: null, notes };
  const { side: to, source, note } = way;
  return { to, source, notes: [...notes, ...(note === undefined ? [] : [note])] };
}

/** Returns why a side cannot be put back at all, or null. */
export async function whyNotPossible(side: string, seen: Survey): Promise<string | null> {
  if (patchTo(side, seen.stage) === null)
    return 'its stage variables were too long to be kept, and the stage has others now';
  return (await isThere(deploymentIn(side), seen))
    ? null
    : `its deployment ${deploymentIn(side)} was deleted`;
}

/** API Gateway deletes no deployment that a stage or a canary names, so those need not be read. */
async function isThere(deployment: string, { stage, deployments }: Survey): Promise<boolean> {
  if (sidesIn(stage).some((side) => deploymentIn(side) === deployment)) return true;
  return (await deployments()).has(deployment);
}

/** Returns null if the side is older than the suspect. */
function whyNotBefore({ side, since }: Candidate, { blame, recent }: Survey): string | null {
  if (since === undefined || blame === null || isBefore({ content: side, since }, blame, recent)) return null;
  return `it is newer than ${blame.suspect.revision.name}, the suspect`;
}
