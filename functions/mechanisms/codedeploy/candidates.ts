import { provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isFit } from '../../../src/rollback/course.ts';
import type { Deployment, Plan, Revision } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { knownAs } from './content.ts';
import type { Release } from './releases.ts';
import type { Rollout } from './survey.ts';

export type FoundIn = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly revision: Revision;
  readonly source: FoundIn;
  /** A doubt about it; it is taken only if there is no better candidate. */
  readonly doubt?: string;
}

/** Limits each source: each candidate costs calls while the target is broken. */
const MAX_CANDIDATES = 6;

/**
 * Lists what the ledger has proven, newest first, then what succeeded before the suspect. Releases that missed
 * instances come last, because they may have made those fail.
 */
export function candidatesOf(
  entries: readonly Entry[],
  { releases, standing, deployment, recent, course }: Rollout,
  condemned: ReadonlySet<string>,
): readonly Candidate[] {
  const bad = [...condemned].map(knownAs);
  const best = (revisions: readonly Revision[]) =>
    onceEach(revisions.filter(({ id }) => isFit(knownAs(id), course, recent, bad))).slice(0, MAX_CANDIDATES);
  const proven = provenIn(entries).map(({ revision }) => revision);
  const before = succeededBefore(releases, course.suspect ?? deployment);
  const whole = before.filter(({ missed }) => missed === 0).map(({ of }) => of);
  const native = standing.awsGoesTo === null ? [] : [standing.awsGoesTo];
  const partly = before.filter(({ missed }) => missed > 0);
  const known = best(proven);
  const deployed = best([...whole, ...native, ...partly.map(({ of }) => of)]);
  return [
    ...known.map((revision) => ({ revision, source: 'ledger' as const })),
    ...deployed
      .filter(({ id }) => !known.some((one) => one.id === id))
      .map((revision) => ({ revision, source: 'deployments' as const, ...doubtOf(revision, whole, partly) })),
  ];
}

function onceEach(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter(({ id }, at) => revisions.findIndex((one) => one.id === id) === at);
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

/** Lists the deployments that had succeeded before the suspect began, newest first. */
function succeededBefore(
  releases: readonly Release[],
  { id, startedAt }: Pick<Deployment, 'id' | 'startedAt'>,
): readonly Release[] {
  return releases
    .filter((release) => release.id !== id && release.status === 'Succeeded')
    .filter(({ finishedAt }) => finishedAt !== null && !isAfter(finishedAt, startedAt));
}
