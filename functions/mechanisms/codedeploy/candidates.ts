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
  /** What speaks against it, though nothing better is known. */
  readonly doubt?: string;
}

/** As many as are looked at from each source: each costs calls while the target is broken. */
const MOST = 6;

/**
 * What the ledger has proven, newest first; then what succeeded before the deployment at fault. What was not brought to
 * every instance comes last of all: what it does on those nobody has seen, and that they failed may be its own fault. None
 * of the `unfit`.
 */
export function candidatesOf(
  entries: readonly Entry[],
  { releases, standing }: Rollout,
  unfit: ReadonlySet<string>,
): readonly Candidate[] {
  const proven = entries.flatMap((entry) => (entry.state === 'proven' ? [entry.revision] : []));
  const before = succeededBefore(releases, standing.atFault);
  const whole = before.filter(({ missed }) => missed === 0).map(({ of }) => of);
  const native = standing.native === null ? [] : [standing.native];
  const partly = before.filter(({ missed }) => missed > 0);
  const known = best(proven, unfit);
  const deployed = best([...whole, ...native, ...partly.map(({ of }) => of)], unfit);
  return [
    ...known.map((revision) => ({ revision, source: 'ledger' as const })),
    ...deployed
      .filter(({ id }) => !known.some((one) => one.id === id))
      .map((revision) => ({ revision, source: 'deployments' as const, ...doubtOf(revision, whole, partly) })),
  ];
}

/** The first few that are fit, each of them once. */
function best(revisions: readonly Revision[], unfit: ReadonlySet<string>): readonly Revision[] {
  return revisions
    .filter(({ id }, at) => !unfit.has(id) && revisions.findIndex((one) => one.id === id) === at)
    .slice(0, MOST);
}

function doubtOf(
  { id, name }: Revision,
  whole: readonly Revision[],
  partly: readonly Release[],
): Pick<Candidate, 'doubt'> {
  const last = partly.find(({ of }) => of.id === id);
  if (last === undefined || whole.some((one) => one.id === id)) return {};
  return { doubt: `deployment ${last.id} had not brought ${name} to ${last.missed} of its instances` };
}

/** Deployments that had succeeded before the one at fault began, newest first. */
function succeededBefore(releases: readonly Release[], { id, createdAt }: Release): readonly Release[] {
  return releases
    .filter((release) => release.id !== id && release.status === 'Succeeded')
    .filter(({ finishedAt }) => finishedAt !== null && !isAfter(finishedAt, createdAt));
}
