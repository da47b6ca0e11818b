import { isAfter } from '../../../src/rollback/time.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Launch } from './ec2.ts';
import { type TemplateVersion, idOf, isNumbered, mostCommonFirst } from './revision.ts';
import { launchedBetween } from './launches.ts';
import { isInService } from './status.ts';

/** A group's refreshes, and the facts that show which versions they deployed. */
export interface Results {
  /** Newest first. */
  readonly refreshes: readonly Refresh[];
  readonly group: Group;
  /** Id of the group's own version now. */
  readonly saved: string;
  /** Id of what the newest refresh deploys, with the number behind `$Latest`; null: unknown. */
  readonly desired: string | null;
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  /** Of present instances and of those that ended lately. Empty if they were not read. */
  readonly launches: readonly Launch[];
}

/** Returns the ids of the revisions that the refreshes deploy or deployed, in their order. Null: unknown. */
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

/** Returns the id of the revision that a refresh left on the group. A failed one changed nothing. Null: unknown. */
export function resultOf(known: Results, from = 0): string | null {
  const { refreshes, group, saved, launches } = known;
  const refresh = refreshes[from];
  const wentBack = refresh?.status === 'RollbackSuccessful';
  const back = wentBack ? launchedBetween(launches, refresh.rollbackAt, refresh.finishedAt) : null;
  if (back !== null) return back;
  const at = refreshes.findIndex(({ status }, index) => index >= from && status === 'Successful');
  const before = revisionsOf(known)[at] ?? null;
  if (from > 0 || !wentBack) return before;
  // AWS goes back to the group's own version, which a pipeline may have set without a refresh.
  const runsSaved = group.instances.some((one) => isInService(one) && one.revision === saved);
  return runsSaved ? saved : (before ?? saved);
}

/** Returns the version of all instances, if it existed before the end of the refresh. */
function runsAlone({ finishedAt }: Refresh, { group, versions }: Results): string | null {
  const [only, ...others] = mostCommonFirst(group.instances.filter(isInService));
  const createdAt = versions.get(only ?? '')?.createdAt ?? null;
  const isLater = createdAt !== null && finishedAt !== null && isAfter(createdAt, finishedAt);
  return only === undefined || others.length > 0 || isLater ? null : only;
}
