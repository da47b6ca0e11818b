import type { Artefact, Joinable, Ready, Revision } from '../rollback/plan.ts';
import { artefactsOf } from '../rollback/storm/artefacts.ts';
import { changesBetween, type Traits } from '../rollback/traits.ts';
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
  const traits = from === null || to === null ? undefined : ([from, to] as const);
  const deploys = deploysIn(plan, traits);
  return {
    ...plan,
    ...(traits !== undefined && { changes: changesBetween(...traits) }),
    ...(deploys.length > 0 && { deploys }),
  };
}

/** The traits are those of the revision that runs, which is not always the one at fault. */
function deploysIn(
  { from, suspect = from, tags, fromTags }: Ready | Joinable,
  traits: readonly [Traits, Traits] | undefined,
): readonly Artefact[] {
  const known = suspect.id === from.id ? traits : undefined;
  return artefactsOf({ revision: suspect, traits: known, tags: { ...tags, ...fromTags } });
}
