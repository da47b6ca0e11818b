import { isAfter } from '../../../src/rollback/time.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Launch } from './ec2.ts';
import { type TemplateVersion, idOf, isNumbered, mostCommonFirst } from './revision.ts';
import { launchedBetween } from './launches.ts';
import { isInService } from './status.ts';

/** A group's refreshes, and what is needed to tell which versions they deployed. */
export interface Results {
  /** The one asked for last first. */
  readonly refreshes: readonly Refresh[];
  readonly group: Group;
  /** Id of what the group says now. */
  readonly saved: string;
  /** Id of what the newest refresh deploys, with the number behind `$Latest`; null: it does not say. */
  readonly desired: string | null;
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  /** Of instances that the group has, and of those that ended lately. Empty where that was not looked up. */
  readonly launches: readonly Launch[];
}

/** Returns the ids of the revisions that the refreshes deploy or deployed, in their order. Null: not known. */
export function revisionsOf(known: Results): readonly (string | null)[] {
  return known.refreshes.map((refresh, at) => {
    const { desired, status, startedAt, finishedAt } = refresh;
    if (desired !== null && isNumbered(desired)) return idOf(desired);
    const launched = launchedBetween(known.launches, startedAt, finishedAt);
    if (launched !== null || at > 0) return launched;
    if (desired !== null) return known.desired;
    return status === 'Successful' ? runsAlone(refresh, known) : known.saved;
  });
}

/** Returns the id of the revision that a refresh left on the group. A failed one changed nothing. Null: not known. */
export function resultOf(known: Results, from = 0): string | null {
  const { refreshes, group, saved, launches } = known;
  const refresh = refreshes[from];
  const wentBack = refresh?.status === 'RollbackSuccessful';
  const back = wentBack ? launchedBetween(launches, refresh.rollbackAt, refresh.finishedAt) : null;
  if (back !== null) return back;
  const at = refreshes.findIndex(({ status }, index) => index >= from && status === 'Successful');
  const before = revisionsOf(known)[at] ?? null;
  if (from > 0 || !wentBack) return before;
  // AWS goes back to the group's own version, which may have been put there without a refresh.
  const runsSaved = group.instances.some((one) => isInService(one) && one.revision === saved);
  return runsSaved ? saved : (before ?? saved);
}

/** The version of all instances, if it existed by the end of the refresh. */
function runsAlone({ finishedAt }: Refresh, { group, versions }: Results): string | null {
  const [only, ...others] = mostCommonFirst(group.instances.filter(isInService));
  const createdAt = versions.get(only ?? '')?.createdAt ?? null;
  const isLater = createdAt !== null && finishedAt !== null && isAfter(createdAt, finishedAt);
  return only === undefined || others.length > 0 || isLater ? null : only;
}
