import { explained } from '../rollback/explained.ts';
import type { Joinable, Ready, Revision } from '../rollback/plan.ts';
import type { Traits } from '../rollback/traits.ts';
import { inTime } from './in-time.ts';

/** The longest wait for the changes, which are only shown. */
export const WITHIN_MS = 2_000;

/**
 * Adds the changes between its revisions to a plan, and what its deployment brings. Leaves out what cannot be read in
 * time, which means not known. Neither may fail or delay a rollback.
 * @param read returns the traits of a revision; null: not known
 */
export async function withChanges<P extends Ready | Joinable>(
  plan: P,
  read: (revision: Revision) => Promise<Traits | null>,
): Promise<P> {
  const both = await inTime(WITHIN_MS, async () => Promise.all([read(plan.from), read(plan.to)]));
  const [from = null, to = null] = both ?? [];
  return explained(plan, from === null || to === null ? null : [from, to]);
}
