import type { Ready } from './plan.ts';
import { artefactsOf } from './storm/artefacts.ts';
import { changesBetween, type Traits } from './traits.ts';

/** The traits of the revision that runs, and of the one to go back to; null: not known. */
export type Both = readonly [from: Traits, to: Traits] | null;

/** Adds the changes between its revisions to a plan, and what the deployment at fault brings, as far as they are known. */
export function explained<P extends Pick<Ready, 'from' | 'suspect' | 'tags' | 'fromTags'>>(
  plan: P,
  both: Both,
): P & Pick<Ready, 'changes' | 'deploys'> {
  const deploys = deploysIn(plan, both);
  return {
    ...plan,
    ...(both !== null && { changes: changesBetween(...both) }),
    ...(deploys.length > 0 && { deploys }),
  };
}

/** The traits are those of the revision that runs, which is not always the one at fault. */
function deploysIn(
  { from, suspect = from, tags, fromTags }: Pick<Ready, 'from' | 'suspect' | 'tags' | 'fromTags'>,
  both: Both,
) {
  const traits = both !== null && suspect.id === from.id ? both : undefined;
  return artefactsOf({ revision: suspect, traits, tags: { ...tags, ...fromTags } });
}
