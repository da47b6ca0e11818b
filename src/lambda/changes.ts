import type { Joinable, Ready, Revision } from '../rollback/plan.ts';
import { changesBetween, type Traits } from '../rollback/traits.ts';
import { inTime } from './in-time.ts';

/** How long anybody waits for what is only to be told. */
export const WITHIN_MS = 2_000;

/**
 * The plan with what changes between its revisions. Telling it must neither fail nor hold up a rollback: what could not
 * be read in time is left out, which means that it is not known.
 * @param read the traits of a revision; null: not known
 */
export async function withChanges<P extends Ready | Joinable>(
  plan: P,
  read: (revision: Revision) => Promise<Traits | null>,
): Promise<P> {
  const both = await inTime(WITHIN_MS, async () => Promise.all([read(plan.from), read(plan.to)]));
  const [from = null, to = null] = both ?? [];
  return from === null || to === null ? plan : { ...plan, changes: changesBetween(from, to) };
}
