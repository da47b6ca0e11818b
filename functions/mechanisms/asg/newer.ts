import type { Planned } from '../../../src/rollback/document.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Refresh } from './autoscaling.ts';
import { readDetails } from './details.ts';
import { idOf } from './revision.ts';

/** Refreshes that began after the one at fault, newest first. Both times are those of Auto Scaling. */
export function newerThan(refreshes: readonly Refresh[], plan: Planned['plan']): readonly Refresh[] {
  const { refresh: known } = readDetails(plan);
  if (known === null) return refreshes;
  return refreshes.filter(({ id, startedAt }) => id !== known.id && isAfter(startedAt, known.startedAt));
}

/** The refresh at fault as it is now; null: Auto Scaling no longer knows it, or there was none. */
export function atFault(refreshes: readonly Refresh[], plan: Planned['plan']): Refresh | null {
  const { refresh: known } = readDetails(plan);
  return refreshes.find(({ id }) => id === known?.id) ?? null;
}

/** Whether a refresh deploys what we want to go back to: then an earlier try of ours started it. */
export function deploysWanted({ desired }: Refresh, { to }: Planned['plan']): boolean {
  return desired !== null && idOf(desired) === to.id;
}
