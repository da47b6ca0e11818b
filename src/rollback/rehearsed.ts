import type { Earlier } from './facts.ts';
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
