import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Launch } from './ec2.ts';
import { isOf, mostCommonFirst } from './revision.ts';
import { isComing } from './status.ts';

/** The refreshes of a group, and the ids of its revisions that are known. */
interface Known {
  readonly refreshes: readonly Refresh[];
  readonly ids: readonly string[];
}

/**
 * Merges what EC2 shows with what the group knows. The group's version of an instance takes precedence, unless a refresh
 * replaced its root volume since. An instance that EC2 does not show yet counts as launched now. The revision is null
 * where an image belongs to several known ones.
 * @param instances as AWS shows them, each with its own image
 */
export function launchesIn(
  shown: readonly Launch[],
  { instances }: Pick<Group, 'instances'>,
  { refreshes, ids }: Known,
  now: Instant,
): readonly Launch[] {
  const revisions = new Map(instances.map(({ id, revision }) => [id, revision]));
  const late = instances.filter((one) => isComing(one) && !shown.some(({ instance }) => instance === one.id));
  return [
    ...shown.map((one) => ({ ...one, launched: launchedFrom(one, revisions.get(one.instance), refreshes) })),
    ...late.map(({ id, revision }) => ({ instance: id, launched: [revision], at: now })),
  ].map(({ launched, ...one }) => ({ ...one, revision: onlyOne(launched, ids) }));
}

/**
 * Returns what an instance was launched from, as ids from the most to the least exact. None: a refresh may have replaced
 * its root volume since, and EC2 shows the same image as the group. Unknown: root-volume-in-ec2.
 */
function launchedFrom(
  { revision, image, at }: Launch,
  runs: string | null | undefined,
  refreshes: readonly Refresh[],
): readonly (string | null)[] {
  // EC2's tags name the version alone, whether or not instance types have images of their own.
  const launched = image === undefined || revision === null ? [revision] : [`${revision}@${image}`, revision];
  if (runs === undefined || runs === null) return launched;
  const isReplaced = refreshes.some(
    ({ replacesRoots, startedAt }) => replacesRoots && startedAt !== null && isAfter(startedAt, at),
  );
  if (!isReplaced) return [runs];
  return launched.includes(runs) ? [] : launched;
}

/**
 * Returns the known revision of a launch; the launch itself if none is known, and null if several are. The group has
 * images of instance types if any known revision has.
 */
function onlyOne(launched: readonly (string | null)[], ids: readonly string[]): string | null {
  const found = launched.map((one) => [...new Set(ids)].filter((id) => isOf(one, id)));
  const [first] = found.filter((some) => some.length > 0);
  if (first === undefined) return launched.at(ids.some((id) => id.includes('@')) ? 0 : -1) ?? null;
  return first.length === 1 ? (first[0] ?? null) : null;
}

/** Returns the id of the version of most instances launched between two instants. Null: there is none. */
export function launchedBetween(
  launches: readonly Launch[],
  from: Instant | null,
  to: Instant | null,
): string | null {
  if (from === null) return null;
  const between = launches.filter(({ at }) => !isAfter(from, at) && (to === null || !isAfter(at, to)));
  return mostCommonFirst(between)[0] ?? null;
}
