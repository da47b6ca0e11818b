import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Group } from './autoscaling.ts';
import type { Launch } from './ec2.ts';
import { mostCommonFirst } from './revision.ts';
import { isComing } from './status.ts';

/**
 * Merges what EC2 shows with what the group knows. The group's version of an instance takes precedence. An instance
 * that EC2 does not show yet counts as launched now.
 */
export function launchesIn(
  shown: readonly Launch[],
  { instances }: Pick<Group, 'instances'>,
  now: Instant,
): readonly Launch[] {
  const revisions = new Map(instances.map(({ id, revision }) => [id, revision]));
  const late = instances.filter((one) => isComing(one) && !shown.some(({ instance }) => instance === one.id));
  return [
    ...shown.map((one) => ({ ...one, revision: revisions.get(one.instance) ?? one.revision })),
    ...late.map(({ id, revision }) => ({ instance: id, revision, at: now })),
  ];
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
