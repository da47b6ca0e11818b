import { withoutSince } from '../../../src/rollback/first-sight.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Instance } from './autoscaling.ts';
import { resultOf, revisionsOf, type Results } from './results.ts';
import { choiceOf } from './revision.ts';
import type { Rollout } from './rollouts.ts';
import { isActive, isComing, isInService } from './status.ts';

/*
 * CloudFormation's rolling update, or whoever puts a version on the group and ends instances, leaves no record of a
 * deployment: the instances' versions and launch times are all that shows it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
 */

/** The instances that no refresh explains: only of them has to be known when they were launched. */
export function unexplained(known: Omit<Results, 'launched'>): readonly Instance[] {
  const [newest] = known.refreshes;
  if (newest !== undefined && isActive(newest.status)) return [];
  const all = { ...known, launched: new Map() };
  const explained = [resultOf(all), ...(newest?.status === 'Successful' ? [] : revisionsOf(all).slice(0, 1))];
  return known.group.instances.filter(
    (instance) => isComing(instance) && instance.revision !== null && !explained.includes(instance.revision),
  );
}

/** The rollouts that instances show and no refresh does. */
export function unrefreshed(known: Results, now: Instant): readonly Rollout[] {
  const [newest] = known.refreshes;
  const deployed = new Set(revisionsOf(known));
  const since = newest?.finishedAt ?? null;
  const launches = new Map<string, readonly Instant[]>();
  for (const { id, revision } of unexplained(known)) {
    const at = known.launched.get(id);
    if (revision === null || at === undefined) continue;
    // A version that a refresh deployed once, and that was launched before the last one ended, is what that one left.
    if (deployed.has(revision) && since !== null && !isAfter(at, since)) continue;
    launches.set(revision, [...(launches.get(revision) ?? []), at].toSorted());
  }
  return [...launches].map(([revision, at]) => seenTo(revision, at, known, now)).toSorted(newestFirst);
}

/** So long after an instance was launched others may still be to come: CloudFormation waits between its batches. */
const GOES_ON_SECONDS = 1800;

function seenTo(
  revision: string,
  launches: readonly Instant[],
  { group, saved }: Results,
  now: Instant,
): Rollout {
  const startedAt = launches[0] ?? now;
  const last = launches.at(-1) ?? now;
  const inService = group.instances.filter(isInService);
  const isAlone = inService.length > 0 && inService.every((instance) => instance.revision === revision);
  const goesOn = revision === saved && !isAlone && secondsBetween(last, now) < GOES_ON_SECONDS;
  return {
    id: seenId(revision, startedAt),
    state: goesOn ? 'in-flight' : 'completed',
    startedAt,
    finishedAt: goesOn ? null : last,
    revision,
    isSeen: true,
  };
}

/** Id of a deployment that AWS keeps no record of: `lt-0a1b2c3d4e5f60718/7 since 2026-11-22T03:04:00.000Z`. */
export function seenId(revision: string, since: Instant): string {
  return `${revision} since ${since}`;
}

/** The revision in such an id; null for any other id. */
export function seenIn(id: string): string | null {
  const revision = withoutSince(id);
  return revision !== id && choiceOf(revision) !== null ? revision : null;
}

/** The rollouts that the ledger has a sighting or a proof of. */
export function recorded(entries: readonly Entry[]): readonly Rollout[] {
  return entries.flatMap((entry) => {
    if (entry.state === 'condemned') return [];
    const revision = entry.state === 'proven' ? entry.revision.id : seenIn(entry.deployment);
    if (revision === null) return [];
    const { completedAt: at } = entry;
    return [
      {
        id: seenId(revision, at),
        state: 'completed' as const,
        startedAt: at,
        finishedAt: at,
        revision,
        isSeen: true as const,
      },
    ];
  });
}

function newestFirst({ startedAt: one }: Rollout, { startedAt: other }: Rollout): number {
  return secondsBetween(one, other);
}
