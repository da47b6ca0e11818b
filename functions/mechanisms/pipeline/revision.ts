import type { Revision } from '../../../src/rollback/plan.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { Execution, Source } from './codepipeline.ts';

/** Digits of a commit, and of an execution's id, in a name. */
const COMMIT_DIGITS = 7;
const EXECUTION_DIGITS = 8;

/**
 * Returns the revision of an execution: `c0ffee1@1f2e3d4c` names its first commit and the execution. One of the type
 * ROLLBACK cannot be gone back to, so its revision is the execution that it redeployed.
 */
export function revisionOf({
  id,
  redeploys,
  sources,
}: Pick<Execution, 'id' | 'redeploys' | 'sources'>): Revision {
  const own = redeploys ?? id;
  const commit = sources[0]?.id.replaceAll(/\s/g, '').slice(0, COMMIT_DIGITS) ?? '';
  const short = own.slice(0, EXECUTION_DIGITS);
  return { id: own, name: commit === '' ? short : `${commit}@${short}` };
}

/** Returns equal text for equal source revisions. An execution without any is like no other. */
export function contentOf(sources: readonly Source[], id: string): string {
  const parts = sources.map(({ action, id: revision }) => `${action}=${revision}`).toSorted();
  return parts.length === 0 ? `execution ${id}` : parts.join(' ');
}

/** Returns the source revisions as traits. The trait `commit` is what other targets of a storm may share. */
export function traitsOf(sources: readonly Source[]): Traits {
  const [first, ...others] = sources;
  if (first === undefined) return {};
  return shownTraits({
    commit: first.id,
    summary: first.summary,
    'url of the commit': first.url,
    ...Object.fromEntries(others.map(({ action, id }) => [`revision of ${action}`, id])),
  });
}
