import { isThere } from '../../../src/rollback/course.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import type { Refresh } from './autoscaling.ts';
import { resultOf, revisionsOf, type Results } from './results.ts';
import { stateOf } from './status.ts';

/** One deployment of a version to the group. Only the version's id is known here. */
export interface Rollout extends Pick<Deployment, 'id' | 'state' | 'startedAt'> {
  readonly finishedAt: Instant | null;
  /** Id of the revision that it deployed; null: unknown. */
  readonly revision: string | null;
  /** Auto Scaling natively rolled back. */
  readonly isAwsRollback?: true;
  /** It failed, and its revision still runs or is still launched. */
  readonly remains?: true;
  /** It takes every instance out of service for a while. */
  readonly takesAll?: true;
  /** Instances or the ledger show it, without an instance refresh. Its beginning is accurate to the minute. */
  readonly isSeen?: true;
}

/**
 * Returns the rollouts of a group's instance refreshes, newest first. A refresh that was rolled back makes two, to
 * which AWS gives one id. One that has not begun begins now, because it did not cause earlier harm.
 */
export function refreshed(known: Results, now: Instant): readonly Rollout[] {
  const revisions = revisionsOf(known);
  return known.refreshes.flatMap((refresh, at) => {
    const revision = revisions[at] ?? null;
    const back = refresh.status === 'RollbackSuccessful' ? resultOf(known, at) : null;
    const rollout = {
      ...of(refresh, now),
      revision,
      ...left(refresh, revision, known),
      ...taken(refresh, known),
    };
    if (back === null || back === revision) return [rollout];
    return [rollbackOf(refresh, back, rollout.startedAt), rollout];
  });
}

function of({ id, status, startedAt, finishedAt }: Refresh, now: Instant) {
  return { id, state: stateOf(status), startedAt: startedAt ?? now, finishedAt };
}

/**
 * Says whether a refresh takes every instance out of service: it keeps none in service, or there is only one. That one
 * stays where another is launched before it is terminated.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html
 */
function taken(
  { replacesRoots, leastPercent, launchesFirst }: Refresh,
  { group: { instances } }: Results,
): Pick<Rollout, 'takesAll'> {
  const takesOnly = instances.length === 1 && (replacesRoots || !launchesFirst);
  return leastPercent === 0 || takesOnly ? { takesAll: true } : {};
}

/** Returns the rollback of a refresh. The refresh itself took traffic until its rollback ended. */
function rollbackOf({ id, rollbackAt, finishedAt }: Refresh, back: string, startedAt: Instant): Rollout {
  return {
    id: `${id} (rollback)`,
    state: 'completed',
    startedAt: rollbackAt ?? finishedAt ?? startedAt,
    finishedAt,
    revision: back,
    isAwsRollback: true,
  };
}

/** Returns what a failed or cancelled refresh left: old and new instances side by side. */
function left(
  { status }: Refresh,
  revision: string | null,
  { group, saved }: Results,
): Pick<Rollout, 'remains'> {
  if (stateOf(status) !== 'failed') return {};
  const remains = revision === saved || group.instances.some((instance) => instance.revision === revision);
  return remains ? { remains: true } : {};
}

/** CloudFormation pauses between its batches: this long after a launch, more may follow. */
export const GOES_ON_SECONDS = 1800;

/**
 * Merges rollouts into one list, newest first. An observed version directly after a rollout of the same version is that
 * rollout. A refresh soon after an observed version finishes its rollout.
 */
export function inOneList(...lists: readonly (readonly Rollout[])[]): readonly Rollout[] {
  const oldestFirst = lists.flat().toReversed().toSorted(byStart);
  const kept: Rollout[] = [];
  for (const rollout of oldestFirst) {
    const last = kept.at(-1);
    if (last?.revision !== rollout.revision) kept.push(rollout);
    else if (isFinishedBy(last, rollout)) kept[kept.length - 1] = { ...rollout, startedAt: last.startedAt };
    else if (rollout.isSeen !== true || !isThere(last)) kept.push(rollout);
  }
  return kept.toReversed();
}

function isFinishedBy(last: Rollout, { isSeen, isAwsRollback, startedAt }: Rollout): boolean {
  if (last.isSeen !== true || isSeen === true || isAwsRollback === true) return false;
  return secondsBetween(last.startedAt, startedAt) < GOES_ON_SECONDS;
}

function byStart({ startedAt: one }: Rollout, { startedAt: other }: Rollout): number {
  if (one === other) return 0;
  return isAfter(one, other) ? 1 : -1;
}
