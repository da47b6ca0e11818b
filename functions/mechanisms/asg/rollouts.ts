import { isThere } from '../../../src/rollback/course.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Refresh } from './autoscaling.ts';
import { resultOf, revisionsOf, type Results } from './results.ts';
import { stateOf } from './status.ts';

/** One time that a version was brought to the group, before anybody looked up what that version is. */
export interface Rollout extends Pick<Deployment, 'id' | 'state' | 'startedAt'> {
  readonly finishedAt: Instant | null;
  /** Id of the revision that it brought; null: not known. */
  readonly revision: string | null;
  /** Auto Scaling itself went back. */
  readonly isNative?: true;
  /** It failed, and what it brought still runs or is still launched. */
  readonly remains?: true;
  /** No instance refresh did it: instances or the ledger show it, and when it began is not known to the second. */
  readonly isSeen?: true;
}

/**
 * The rollouts of a group's instance refreshes, newest first. Of a refresh that was rolled back there are two: AWS gives
 * both one id. What has not begun yet begins now, and is to blame for nothing that was before.
 */
export function refreshed(known: Results, now: Instant): readonly Rollout[] {
  const revisions = revisionsOf(known);
  return known.refreshes.flatMap((refresh, at) => {
    const revision = revisions[at] ?? null;
    const back = refresh.status === 'RollbackSuccessful' ? resultOf(known, at) : null;
    const rollout = { ...of(refresh, now), revision, ...left(refresh, revision, known) };
    if (back === null || back === revision) return [rollout];
    return [wayBack(refresh, back, rollout.startedAt), rollout];
  });
}

function of({ id, status, startedAt, finishedAt }: Refresh, now: Instant) {
  return { id, state: stateOf(status), startedAt: startedAt ?? now, finishedAt };
}

/** What it was going back from took traffic until its end. */
function wayBack({ id, rollbackAt, finishedAt }: Refresh, back: string, startedAt: Instant): Rollout {
  return {
    id: `${id} (rollback)`,
    state: 'completed',
    startedAt: rollbackAt ?? finishedAt ?? startedAt,
    finishedAt,
    revision: back,
    isNative: true,
  };
}

/** A refresh that fails or is cancelled leaves the group with old and new side by side. */
function left(
  { status }: Refresh,
  revision: string | null,
  { group, saved }: Results,
): Pick<Rollout, 'remains'> {
  if (stateOf(status) !== 'failed') return {};
  const remains = revision === saved || group.instances.some((instance) => instance.revision === revision);
  return remains ? { remains: true } : {};
}

/**
 * All rollouts in one list, newest first. What is only seen to run, right after a rollout of the same version, is that
 * rollout.
 */
export function inOneList(...lists: readonly (readonly Rollout[])[]): readonly Rollout[] {
  const oldestFirst = lists.flat().toReversed().toSorted(byStart);
  const kept: Rollout[] = [];
  for (const rollout of oldestFirst) {
    const last = kept.at(-1);
    const goesOn = last?.revision === rollout.revision && rollout.isSeen && isThere(last);
    if (!goesOn) kept.push(rollout);
  }
  return kept.toReversed();
}

function byStart({ startedAt: one }: Rollout, { startedAt: other }: Rollout): number {
  if (one === other) return 0;
  return isAfter(one, other) ? 1 : -1;
}
