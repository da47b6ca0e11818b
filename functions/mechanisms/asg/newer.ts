import type { Planned } from '../../../src/rollback/document.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Memo } from './memo.ts';
import { idOf } from './revision.ts';

/** Refreshes that were asked for after the one at fault, newest first. One too old to be listed is older than all. */
export function newerThan(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): readonly Refresh[] {
  const known = refreshes.findIndex(({ id }) => id === plan.memo.refresh);
  return known < 0 ? refreshes : refreshes.slice(0, known);
}

/** The refresh at fault as it is now; null: Auto Scaling no longer knows it, or there was none. */
export function atFault(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): Refresh | null {
  const { refresh: known } = plan.memo;
  return refreshes.find(({ id }) => id === known) ?? null;
}

/** Whether a refresh deploys what we want to go back to: then an earlier try of ours started it. */
export function deploysWanted({ desired }: Refresh, { to }: Planned<Memo>['plan']): boolean {
  return desired !== null && idOf(desired) === to.id;
}

/**
 * What the group says as long as nobody but Auto Scaling changes it: a refresh that succeeds puts there what it deployed,
 * and the one at fault may have done so after it was planned to stop it.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html
 */
export function untouched(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): string {
  const old = atFault(refreshes, plan);
  const hasPut = old?.status === 'Successful' && old.desired !== null;
  return hasPut ? idOf(old.desired) : plan.memo.saved;
}

/** The id of what somebody else put on the group since it was planned, or null. */
export function putMeanwhile(
  { saved }: Group,
  refreshes: readonly Refresh[],
  plan: Planned<Memo>['plan'],
): string | null {
  const says = saved === null ? '' : idOf(saved);
  return [plan.to.id, plan.memo.saved, untouched(refreshes, plan)].includes(says) ? null : says;
}
