import { isAfter } from '../../../src/rollback/time.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { TemplateVersion } from './ec2.ts';
import { idOf, isNumbered, mostCommonFirst } from './revision.ts';
import { isInService } from './status.ts';

/** What the refreshes of a group are read with. */
export interface Results {
  /** The one asked for last first. */
  readonly refreshes: readonly Refresh[];
  readonly group: Group;
  /** Id of what the group says now. */
  readonly saved: string;
  /** Id of what the newest refresh deploys, with the number behind `$Latest`; null: it does not say. */
  readonly desired: string | null;
  readonly versions: ReadonlyMap<string, TemplateVersion>;
  /** When instances were launched, by their ids, as far as that was looked up. */
  readonly launched: ReadonlyMap<string, Instant>;
}

/** Ids of what each refresh deploys or deployed, in their order; null: not known. */
export function revisionsOf(known: Results): readonly (string | null)[] {
  return known.refreshes.map((refresh, at) => {
    const { desired, status } = refresh;
    if (desired !== null && isNumbered(desired)) return idOf(desired);
    if (at > 0) return null;
    if (desired !== null) return known.desired;
    return status === 'Successful' ? guess(refresh, known) : known.saved;
  });
}

/** Id of what the group was left with by this refresh or, where that changed nothing, by those before it; or null. */
export function resultOf(known: Results, from = 0): string | null {
  const { refreshes, group, saved } = known;
  const at = refreshes.findIndex(({ status }, index) => index >= from && status === 'Successful');
  const before = revisionsOf(known)[at] ?? null;
  if (from > 0 || refreshes[0]?.status !== 'RollbackSuccessful') return before;
  // It went back to what the group said then, which may have been put there without a refresh.
  const runsSaved = group.instances.some((one) => isInService(one) && one.revision === saved);
  return runsSaved ? saved : (before ?? saved);
}

/** Deployed without saying what: what all instances run, if it was there by then, else what was launched in its course. */
function guess({ startedAt, finishedAt }: Refresh, { group, versions, launched }: Results): string | null {
  const running = mostCommonFirst(group.instances.filter(isInService));
  const [only, ...others] = running;
  const createdAt = versions.get(only ?? '')?.createdAt ?? null;
  const isLater = createdAt !== null && finishedAt !== null && isAfter(createdAt, finishedAt);
  if (only !== undefined && others.length === 0 && !isLater) return only;
  const inCourse = group.instances.filter(({ id }) => {
    const at = launched.get(id);
    if (at === undefined || startedAt === null || isAfter(startedAt, at)) return false;
    return finishedAt === null || !isAfter(at, finishedAt);
  });
  return mostCommonFirst(inCourse)[0] ?? null;
}
