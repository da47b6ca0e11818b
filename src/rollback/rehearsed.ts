import { isSame, type Known } from './course.ts';
import type { Earlier } from './earlier.ts';
import { withoutSince } from './first-seen.ts';
import type { Deployment, Plan } from './plan.ts';
import { earliestStart } from './sights.ts';
import { isAfter } from './time.ts';

/** Says whether a rollback changed something. One that ended without a report may have changed anything. */
export function changedSomething({ ended }: Pick<Earlier, 'ended'>): boolean {
  return ended === undefined || ended.as === 'rolled-back' || ended.as === 'failed-dirty';
}

/** Says whether a deployment may have begun while a rollback ran. */
export function mayHaveBegunDuring(
  { startedAt, ended }: Pick<Earlier, 'startedAt' | 'ended'>,
  deployment: Deployment,
): boolean {
  if (isAfter(startedAt, deployment.startedAt)) return false;
  return ended === undefined || !isAfter(earliestStart(deployment), ended.at);
}

/** Returns the rehearsals that changed something, newest first. */
export function rehearsalsIn(earlier: readonly Earlier[]): readonly Earlier[] {
  return earlier.filter((one) => one.rehearsal !== undefined && changedSomething(one));
}

/**
 * Returns the rehearsal during which a deployment may have run, or null. Where AWS keeps no times, a deployment may have
 * begun up to a minute later than it says.
 */
export function rehearsalDuring(deployment: Deployment, earlier: readonly Earlier[]): Earlier | null {
  const { finishedAt } = deployment;
  const isDuring = ({ startedAt, ended }: Earlier) => {
    if (finishedAt !== undefined && isAfter(startedAt, finishedAt)) return false;
    return ended === undefined || !isAfter(earliestStart(deployment), ended.at);
  };
  return rehearsalsIn(earlier).find(isDuring) ?? null;
}

/**
 * Returns the way back that no way forward ended, or null. A rollback that followed has decided what runs, and so has a
 * deployment that took the place of one of its ways.
 * @param earlier of one target, newest first
 */
export function openRehearsal(earlier: readonly Earlier[]): Earlier | null {
  const changed = earlier.filter(changedSomething);
  const [last] = changed;
  if (last?.rehearsal === undefined) return null;
  if (last.rehearsal === 'forward' && last.ended?.as === 'rolled-back') return null;
  const execution = last.rehearsal === 'back' ? last.execution : last.after;
  const back = changed.find((one) => one.execution === execution) ?? null;
  return back === null || waysOf(back, earlier).some(({ isOvertaken }) => isOvertaken) ? null : back;
}

/** Returns the ways of one rehearsal that changed something: the way back, and every try to go forward again. */
export function waysOf(back: Earlier, earlier: readonly Earlier[]): readonly Earlier[] {
  return rehearsalsIn(earlier).filter(
    ({ execution, after }) => execution === back.execution || after === back.execution,
  );
}

/**
 * Says whether a deployment is one of these ways: it began during one, and brought what one put there. A way that ended
 * without a report may have put anything there.
 */
export function isPutBy(deployment: Deployment, ways: readonly Earlier[]): boolean {
  return rehearsalDuring(deployment, ways) !== null && ways.some((way) => isFrom(deployment, way));
}

function isFrom({ id, revision, content }: Deployment, { deployment, to }: Earlier): boolean {
  return to === undefined || deployment === id || isSameRevision({ id: revision.id, content }, to);
}

/** Says whether two revisions are the same. The same weights have one id for each time that they were observed. */
export function isSameRevision(one: Known, other: Known): boolean {
  return isSame(
    { id: withoutSince(one.id), content: one.content },
    { id: withoutSince(other.id), content: other.content },
  );
}

/**
 * Marks the deployments of rehearsals in a plan. They are neither rollbacks nor ways back: the revision that each
 * replaced did no harm. So harm that begins with one belongs to the revision that it brought. A rehearsal brings nothing
 * new: a release that begins during one is not marked.
 */
export function withRehearsals<P extends Plan>(plan: P, earlier: readonly Earlier[]): P {
  if (rehearsalsIn(earlier).length === 0) return plan;
  const { deployment, recent = [] } = plan;
  const marked = (one: Deployment): Deployment =>
    rehearsalDuring(one, earlier) === null || isNew(one, recent)
      ? one
      : { ...one, isRollback: false, isRehearsal: true };
  return {
    ...plan,
    ...(deployment !== undefined && { deployment: marked(deployment) }),
    ...(plan.recent !== undefined && { recent: recent.map(marked) }),
  };
}

function isNew({ id, content }: Deployment, recent: readonly Deployment[]): boolean {
  if (content === undefined) return false;
  const older = recent.slice(recent.findIndex((other) => other.id === id) + 1);
  return !older.some((other) => other.content === content);
}
