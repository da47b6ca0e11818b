import { cannotPutBack, noneFit, noWayBack, noWayPast } from '../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { courseOf, isSame, knownOf, type Course, type Known } from '../../../src/rollback/course.ts';
import { broughtBack, broughtNothing, type Fit } from '../../../src/rollback/needless.ts';
import type { Deployment, NoWayBack } from '../../../src/rollback/plan.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import { isNumberOf } from '../../../src/targets/kinds/ecs/numbered.ts';

/** A target's last deployments, newest first. It has at least one. */
export type Recent = readonly [Deployment, ...Deployment[]];

/** The suspect, and the deployments that replaced it. */
export interface Blame extends Course {
  readonly suspect: Deployment;
  /** The current deployment, if it deploys another revision than the suspect: a way back or a fix. */
  readonly replacedBy: Deployment | null;
}

/** Returns the suspect. If a pipeline deploys the suspect again, that is no fix. */
export function blameOf(recent: Recent, rollback: Plannable): Blame {
  const course = courseOf(named(rollback, recent), recent);
  const { suspect, current } = course;
  const blamed = suspect ?? recent[0];
  const isAgain = current !== null && isSame(knownOf(current), knownOf(blamed));
  const isSuperseded = course.isSuperseded && !isAgain;
  return { suspect: blamed, current, isSuperseded, replacedBy: isSuperseded ? current : null };
}

/** Finds a deployment by an event's id, which names its service revision. */
function named(rollback: Plannable, recent: Recent): Plannable {
  const { request } = rollback;
  const { trigger } = request;
  if (trigger?.type !== 'deployment') return rollback;
  const found = recent.find(({ revision }) => isNumberOf(trigger.deployment, revision.id));
  if (found === undefined) return rollback;
  return { ...rollback, request: { ...request, trigger: { ...trigger, deployment: found.id } } };
}

/**
 * Returns why there is nothing to go back from, or null. An operator's request may mean the revision before a restart.
 */
export function needless(
  blame: Blame,
  recent: Recent,
  { proven, fit }: { readonly proven: readonly Known[]; readonly fit: readonly Fit[] },
  { request }: Plannable,
): string | null {
  if (request.revision !== undefined) return null;
  const back = broughtBack(blame, fit);
  return back ?? (isAutomatic(request) ? broughtNothing(blame, recent, proven, fit) : null);
}

/** Returns the plan if nothing can be put back. The revision that replaced the suspect may be the fix. */
export function withoutWay(
  { suspect, replacedBy }: Blame,
  [newest]: Recent,
  why: string,
): Pick<NoWayBack, 'state' | 'reason' | 'suspect'> {
  if (replacedBy === null || newest.state === 'failed') return noWayBack(why);
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  return noWayPast(suspect.revision, `${since} replaced ${at}, which ran when the harm began, and ${why}`);
}

/** Returns why no revision can replace the suspect. */
export function noWayFrom({ suspect }: Blame, notes: readonly string[], { request }: Plannable): string {
  const asked = cannotPutBack(request, notes);
  if (asked !== null) return asked;
  const none = `no revision that succeeded before ${suspect.revision.name} is usable`;
  return noneFit('there is no last known good revision', notes, none);
}
