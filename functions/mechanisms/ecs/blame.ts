import { noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { courseOf, isSame, knownOf, type Course, type Known } from '../../../src/rollback/course.ts';
import { broughtBack, broughtNothing, type Fit } from '../../../src/rollback/needless.ts';
import type { Deployment, NothingToDo, NoWayBack } from '../../../src/rollback/plan.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';

/** A target's last deployments, newest first. There is one at least. */
export type Recent = readonly [Deployment, ...Deployment[]];

/** The deployment that is held responsible, and what took its place since. */
export interface Blame extends Course {
  readonly suspect: Deployment;
  /** The current deployment, where it deploys something else than the suspect did: a way back or a fix. */
  readonly replacedBy: Deployment | null;
}

/** Returns who is to blame. The suspect deployed once more, in the hope that it helps, is no fix. */
export function blameOf(recent: Recent, rollback: Plannable): Blame {
  const course = courseOf(named(rollback, recent), recent);
  const { suspect, current } = course;
  const blamed = suspect ?? recent[0];
  const isAgain = current !== null && isSame(knownOf(current), knownOf(blamed));
  const isSuperseded = course.isSuperseded && !isAgain;
  return { suspect: blamed, current, isSuperseded, replacedBy: isSuperseded ? current : null };
}

/** Events of ECS name a deployment `ecs-svc/` and the number of its service revision, as recorded pairs show. */
function named(rollback: Plannable, recent: Recent): Plannable {
  const { request } = rollback;
  const { trigger } = request;
  if (trigger?.type !== 'deployment') return rollback;
  const number = trigger.deployment.replace(/^ecs-svc\//, '');
  const found = recent.find(({ revision }) => revision.id.endsWith(`/${number}`));
  if (found === undefined) return rollback;
  return { ...rollback, request: { ...request, trigger: { ...trigger, deployment: found.id } } };
}

/** Returns why there is nothing to go back from, or null. A person who asks may mean what ran before a restart. */
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

/** Returns what a plan says where nothing can be put back: what took the suspect's place may be the fix. */
export function withoutWay(
  { suspect, replacedBy }: Blame,
  [newest]: Recent,
  why: string,
): Pick<NothingToDo | NoWayBack, 'state' | 'reason'> {
  if (replacedBy === null || newest.state === 'failed') return noWayBack(why);
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  return {
    state: 'nothing-to-do',
    reason: `${since} took the place of ${at}, which ran when the harm began, and ${why}`,
  };
}

/** Returns why nothing can be put back in place of the suspect. */
export function noWayFrom({ suspect }: Blame, notes: readonly string[]): string {
  const none = `none that succeeded before ${suspect.revision.name} is fit`;
  return noneFit('there is no last known good revision', notes, none);
}
