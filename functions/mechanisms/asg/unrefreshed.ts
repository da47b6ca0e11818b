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
 * CloudFormation's rolling update puts a version on the group and ends its instances. AWS keeps no record of that as a
 * deployment: only the instances' versions and launch times show it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html
 */

/** Returns the instances that no refresh explains. Only their launch times are needed. */
export function unexplained(known: Omit<Results, 'launched'>): readonly Instance[] {
  const [newest] = known.refreshes;
  if (newest !== undefined && isActive(newest.status)) return [];
  const all = { ...known, launched: new Map() };
  const explained = [resultOf(all), ...(newest?.status === 'Successful' ? [] : revisionsOf(all).slice(0, 1))];
  return known.group.instances.filter(
    (instance) => isComing(instance) && instance.revision !== null && !explained.includes(instance.revision),
  );
}

/** Returns the rollouts that instances show and no refresh does, newest first. */
export function unrefreshed(known: Results, now: Instant): readonly Rollout[] {
  const [newest] = known.refreshes;
  const deployed = new Set(revisionsOf(known));
  const since = newest?.finishedAt ?? null;
  const launches = new Map<string, readonly Instant[]>();
  for (const { id, revision } of unexplained(known)) {
    const at = known.launched.get(id);
    if (revision === null || at === undefined) continue;
    // The last refresh left this instance: it is older, and an earlier refresh deployed its version.
    if (deployed.has(revision) && since !== null && !isAfter(at, since)) continue;
    launches.set(revision, [...(launches.get(revision) ?? []), at].toSorted());
  }
  return [...launches].map(([revision, at]) => seenTo(revision, at, known, now)).toSorted(newestFirst);
}

/** CloudFormation pauses between its batches: this soon after a launch more may follow. */
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

/** Returns the id of a deployment of which AWS keeps no record: `lt-0a1b2c3d4e5f60718/7 since 2026-11-22T03:04:00.000Z`. */
export function seenId(revision: string, since: Instant): string {
  return `${revision} since ${since}`;
}

/** Returns the id of the revision in such an id; null for any other id. */
export function seenIn(id: string): string | null {
  const revision = withoutSince(id);
  return revision !== id && choiceOf(revision) !== null ? revision : null;
}

/** Returns the rollouts that the ledger has sighted or proven. */
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
