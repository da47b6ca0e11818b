import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import type { Group, Refresh } from './autoscaling.ts';
import { idOf, isNumbered, mostCommonFirst } from './revision.ts';
import type { Standing } from './standing.ts';

export type Source = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, best first, and who says so. */
export interface Candidate {
  readonly revision: string;
  readonly source: Source;
}

/** As many as are looked at from each source: each costs calls while the group is broken. */
const MOST = 6;

/** Ids of the revisions that were at fault once. */
export function condemnedIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => (entry.state === 'condemned' ? [entry.revision.id] : [])));
}

interface Known {
  readonly request: Request;
  readonly entries: readonly Entry[];
  readonly refreshes: readonly Refresh[];
  readonly group: Group;
  readonly standing: Standing;
  readonly saved: string;
}

/** What the ledger has proven, newest first; then what the group itself shows. None twice, none unfit. */
export function candidatesOf(known: Known): readonly Candidate[] {
  const { request, entries, standing } = known;
  if (request.revision !== undefined) return [{ revision: request.revision, source: 'request' }];
  const condemned = condemnedIn(entries);
  const fit = (ids: readonly string[]) =>
    [...new Set(ids)].filter((id) => id !== standing.from && !condemned.has(id)).slice(0, MOST);
  const proven = fit(entries.flatMap((entry) => (entry.state === 'proven' ? [entry.revision.id] : [])));
  const shown = fit([...ranBefore(known), ...deployedBefore(known)]);
  return [
    ...proven.map((revision) => ({ revision, source: 'ledger' as const })),
    ...shown
      .filter((id) => !proven.includes(id))
      .map((revision) => ({ revision, source: 'deployments' as const })),
  ];
}

/** What the instances run that were not replaced yet, the most common first, and what the group still says. */
function ranBefore({ refreshes: [newest], group, standing, saved }: Known): readonly string[] {
  const running = mostCommonFirst(group.instances).filter((revision) => revision !== standing.from);
  const isKept = newest !== undefined && newest.status !== 'Successful' && newest.desired !== null;
  return isKept ? [...running, saved] : running;
}

/**
 * What refreshes deployed that ended well before the newest one, newest first. A refresh that was started without a
 * desired configuration does not say what it deployed: nothing before it is what ran last.
 */
function deployedBefore({ refreshes: [, ...earlier] }: Known): readonly string[] {
  const found: string[] = [];
  for (const { status, desired } of earlier) {
    if (status !== 'Successful') continue;
    if (desired === null || !isNumbered(desired)) break;
    found.push(idOf(desired));
  }
  return found;
}
