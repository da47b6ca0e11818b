import type { Planned } from '../../../src/rollback/document.ts';
import type { Group, Refresh } from './autoscaling.ts';
import type { Memo } from './memo.ts';
import { idOf } from './revision.ts';

/**
 * Returns the refreshes requested after the one at fault, newest first. If AWS no longer lists that one, all are newer.
 */
export function newerThan(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): readonly Refresh[] {
  const known = refreshes.findIndex(({ id }) => id === plan.memo.refresh);
  return known < 0 ? refreshes : refreshes.slice(0, known);
}

/** Returns the refresh at fault as it is now; null: Auto Scaling no longer knows it, or there was none. */
export function atFault(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): Refresh | null {
  const { refresh: known } = plan.memo;
  return refreshes.find(({ id }) => id === known) ?? null;
}

/** Returns whether a refresh deploys the wanted version. Then an earlier try of this rollback started it. */
export function deploysWanted({ desired }: Refresh, { to }: Planned<Memo>['plan']): boolean {
  return desired !== null && idOf(desired) === to.id;
}

/**
 * Returns the version that the group has if only Auto Scaling changed it. A refresh that succeeds sets the version that
 * it deployed, and the one at fault may have succeeded after the plan.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html
 */
export function untouched(refreshes: readonly Refresh[], plan: Planned<Memo>['plan']): string {
  const old = atFault(refreshes, plan);
  const hasPut = old?.status === 'Successful' && old.desired !== null;
  return hasPut ? idOf(old.desired) : plan.memo.saved;
}

/** Returns the id of the version that a pipeline or an operator has set since the plan, or null. */
export function putSince(
  { saved }: Group,
  refreshes: readonly Refresh[],
  plan: Planned<Memo>['plan'],
): string | null {
  const says = saved === null ? '' : idOf(saved);
  return [plan.to.id, plan.memo.saved, untouched(refreshes, plan)].includes(says) ? null : says;
}
