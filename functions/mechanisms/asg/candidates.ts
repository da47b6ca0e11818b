import { condemnedIds, provenIds } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { isFit, type Course } from '../../../src/rollback/course.ts';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import { launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Group, Refresh } from './autoscaling.ts';
import { knownAs } from './content.ts';
import type { Launch } from './ec2.ts';
import { type TemplateVersion, mostCommonFirst } from './revision.ts';

export type FoundIn = Extract<Plan, { state: 'ready' }>['source'];

/** A revision that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly revision: string;
  readonly source: FoundIn;
}

/** Limits each source: each candidate costs a call while the group is broken. */
const MAX_CANDIDATES = 6;

/** Limits the versions of each source that a plan reads, in one call. */
export const MAX_MENTIONED = 20;

interface Seen {
  readonly entries: readonly Entry[];
  readonly refreshes: readonly Refresh[];
  readonly recent: readonly Deployment[];
  readonly group: Group;
  readonly saved: string;
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  readonly launches: readonly Launch[];
}

/** Lists what the ledger has proven, newest first, then what the group itself shows. */
export function candidatesOf(seen: Seen, course: Course): readonly Candidate[] {
  const { entries, recent, versions } = seen;
  const condemned = [...condemnedIds(entries)].map((id) => knownAs(id, versions));
  const best = (ids: readonly string[]) =>
    [...new Set(ids)]
      .filter((id) => isFit(knownAs(id, versions), course, recent, condemned))
      .slice(0, MAX_CANDIDATES);
  const proven = best(lastProvenIn(entries));
  const shown = best([...ranBefore(seen, course), ...deployedBefore(seen, course)]);
  return [
    ...proven.map((revision) => ({ revision, source: 'ledger' as const })),
    ...shown
      .filter((id) => !proven.includes(id))
      .map((revision) => ({ revision, source: 'deployments' as const })),
  ];
}

/** Returns the ids of the last proven revisions, newest first. */
export function lastProvenIn(entries: readonly Entry[]): readonly string[] {
  return provenIds(entries).slice(0, MAX_MENTIONED);
}

/**
 * Returns what the instances that are not replaced yet run, the most common first, and then the group's own version. A
 * pipeline may set another version during the refresh: what was made or launched after the suspect began is none of them.
 */
function ranBefore(
  { refreshes: [newest], group, saved, launches, versions }: Seen,
  { suspect, isSuperseded }: Course,
): readonly string[] {
  if (isSuperseded) return [];
  const isLater = (at: Instant | null = null) =>
    at !== null && suspect !== null && isAfter(at, suspect.startedAt);
  const launchedAt = new Map(launches.map(({ instance, at }) => [instance, at]));
  const isKept = newest !== undefined && newest.status !== 'Successful' && newest.desired !== null;
  const running = mostCommonFirst(group.instances.filter(({ id }) => !isLater(launchedAt.get(id))));
  return (isKept ? [...running, saved] : running).filter((id) => !isLater(versions.get(id)?.createdAt));
}

/**
 * Lists the completed deployments before the suspect, newest first. Stops at the first one of an unknown version: it ran
 * last, so no older one is a candidate.
 */
function deployedBefore({ recent }: Seen, { suspect }: Course): readonly string[] {
  const before = suspect === null ? recent : recent.slice(recent.indexOf(suspect) + 1);
  const completed = before.filter(({ state }) => state === 'completed').map(({ revision }) => revision.id);
  const hidden = completed.findIndex((id) => launchTemplateRefOf(id) === null);
  return hidden < 0 ? completed : completed.slice(0, hidden);
}
