import type { Joinable, Ready, Revision } from '../rollback/plan.ts';
import { changesBetween, type Traits } from '../rollback/traits.ts';

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
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), WITHIN_MS);
  });
  const both = async () => Promise.all([read(plan.from), read(plan.to)]);
  const [from = null, to = null] = (await Promise.race([both().catch(() => null), tooLate])) ?? [];
  clearTimeout(timer);
  return from === null || to === null ? plan : { ...plan, changes: changesBetween(from, to) };
}
