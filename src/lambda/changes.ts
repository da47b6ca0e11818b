import type { Joinable, Ready, Revision } from '../rollback/plan.ts';
import { changesBetween, type Traits } from '../rollback/traits.ts';
import { inTime } from './in-time.ts';

/** The longest wait for the changes, which are only shown. */
export const WITHIN_MS = 2_000;

/**
 * Adds the changes between its revisions to a plan. Leaves them out, which means not known, if they cannot be read in
 * time. They must neither fail nor delay a rollback.
 * @param read returns the traits of a revision; null: not known
 */
export async function withChanges<P extends Ready | Joinable>(
  plan: P,
  read: (revision: Revision) => Promise<Traits | null>,
): Promise<P> {
  const both = await inTime(WITHIN_MS, async () => Promise.all([read(plan.from), read(plan.to)]));
  const [from = null, to = null] = both ?? [];
  return from === null || to === null ? plan : { ...plan, changes: changesBetween(from, to) };
}
