import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Release } from './releases.ts';
import type { Rollout } from './survey.ts';

export type Source = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, best first, and who says so. */
export interface Candidate {
  readonly revision: Revision;
  readonly source: Source;
}

/** As many as are looked at from each source: each costs calls while the target is broken. */
const MOST = 6;

/** What the ledger has proven, newest first; then what succeeded before the deployment at fault. None of the `unfit`. */
export function candidatesOf(
  entries: readonly Entry[],
  { releases, standing }: Rollout,
  unfit: ReadonlySet<string>,
): readonly Candidate[] {
  const proven = entries.flatMap((entry) => (entry.state === 'proven' ? [entry.revision] : []));
  const deployed = [
    ...succeededBefore(releases, standing.atFault).map(({ of }) => of),
    ...(standing.native === null ? [] : [standing.native]),
  ];
  const all = [
    ...fit(proven, unfit).map((revision) => ({ revision, source: 'ledger' as const })),
    ...fit(deployed, unfit).map((revision) => ({ revision, source: 'deployments' as const })),
  ];
  return all.filter(({ revision }, at) => all.findIndex((one) => one.revision.id === revision.id) === at);
}

function fit(revisions: readonly Revision[], unfit: ReadonlySet<string>): readonly Revision[] {
  return revisions.filter(({ id }) => !unfit.has(id)).slice(0, MOST);
}

/** Deployments that had succeeded before the one at fault began, newest first. */
function succeededBefore(releases: readonly Release[], { id, createdAt }: Release): readonly Release[] {
  return releases
    .filter((release) => release.id !== id && release.status === 'Succeeded')
    .filter(({ finishedAt }) => finishedAt !== null && !isAfter(finishedAt, createdAt));
}
