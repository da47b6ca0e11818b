import { contentOf } from '../at-fault.ts';
import { isThere } from '../course.ts';
import type { Scene } from '../clues/scene.ts';
import type { Earlier } from '../earlier.ts';
import type { Facts } from '../facts.ts';
import type { Deployment, Joinable, Ready, Revision } from '../plan.ts';
import { isAutomatic } from '../request.ts';
import { changedSomething, isSameRevision, mayHaveBegunDuring } from '../rehearsed.ts';
import { COOLDOWN_MINUTES } from '../settings.ts';
import { inMinutes, secondsBetween } from '../time.ts';
import { ask, skip, type Rule } from './rule.ts';

/** A rollback is never rolled back, because that would bring back the revision that hurt before. */
export const isNoRollback: Rule = ({ facts: { request, plan } }) => {
  const { deployment, runs } = plan;
  if (deployment?.isRollback !== true) return null;
  const because = `A rollback brought back ${(runs ?? deployment.revision).name}, and a rollback is never rolled back automatically.`;
  return isAutomatic(request) ? skip(because) : ask(because);
};

/**
 * A deployment that began during an earlier rollback is probably its way back. A rollback that ended dirty condemned no
 * revision, so that only the time shows this.
 */
export const isNoLeftover: Rule = ({
  facts: {
    request,
    plan: { deployment },
    earlier,
  },
}) => {
  if (deployment === undefined || !isAutomatic(request)) return null;
  const { revision } = deployment;
  const during = earlier.filter(counts).some((one) => mayHaveBegunDuring(one, deployment));
  if (!during) return null;
  return ask(
    `The deployment of ${revision.name} began during an earlier rollback, so it may be the way back itself.`,
  );
};

/**
 * Allows one automatic rollback for each bad revision. If the revision is back, an operator or a pipeline wanted it
 * back.
 */
export const isFirstForRevision: Rule = ({ facts, scene }) => {
  const { plan, condemned, earlier } = facts;
  if (!('from' in plan) || isByHand(facts)) return null;
  const bad = accusedIn(plan, scene);
  const ids = [bad.id, ...sameAs(bad, plan.recent ?? [])];
  const before = earlier.filter((one) => counts(one) && ids.some((id) => id === one.from));
  if (!before.some(({ automatic }) => automatic) && !ids.some((id) => condemned.includes(id))) return null;
  // A rollback that was refused condemns the revision too, and leaves it where it is.
  if (before.length === 0) return ask(`${bad.name} was condemned before, so a person decides.`);
  const again = bad.id === plan.from.id ? ' and is deployed again' : '';
  return ask(`${bad.name} was rolled back before${again}, so a person decides.`);
};

/** Returns the suspect: the judge's, if it is newer than that of the plan. */
function accusedIn(
  { from, suspect }: { readonly from: Revision; readonly suspect?: Revision },
  scene: Scene | null,
): Revision {
  const isNewest = suspect !== undefined && scene !== null && !scene.later.some(isThere);
  return isNewest ? scene.suspect.revision : (suspect ?? from);
}

/** Returns the other ids of the same content, because a pipeline may register it again. */
function sameAs({ id }: Revision, recent: readonly Deployment[]): readonly string[] {
  const content = recent.find(({ revision }) => revision.id === id)?.content;
  if (content === undefined) return [];
  return recent.filter((one) => one.content === content).map(({ revision }) => revision.id);
}

/**
 * For a while after a rollback a person decides on the next automatic one. This ends every loop. Two rollbacks that
 * operators asked for may follow each other.
 */
export const isCool: Rule = ({ facts, settings: { cooldownMinutes } }) => {
  if (isByHand(facts)) return null;
  const last = facts.earlier
    .filter((one) => (one.automatic || isAutomatic(facts.request)) && counts(one))
    .map(({ ended, startedAt }) => ({
      was: ended === undefined ? 'has not ended and began' : 'was',
      seconds: secondsBetween(ended?.at ?? startedAt, facts.takenUpAt),
    }))
    .find(({ seconds }) => seconds < cooldownMinutes * 60);
  if (last === undefined) return null;
  return ask(
    `The last rollback ${last.was} ${inMinutes(last.seconds)} earlier; within ${inMinutes(cooldownMinutes * 60)} a person decides.`,
  );
};

/**
 * A person who denied a plan has decided for a while, and no trigger undoes that: the same plan is asked about again. A
 * cool-down of no minutes ends no denial. A person who confirmed the plan since then has decided anew.
 */
export const isNotDenied: Rule = ({ facts, settings: { cooldownMinutes } }) => {
  const { plan, earlier, confirmed, takenUpAt } = facts;
  if (!('from' in plan) || isByHand(facts) || confirmed !== undefined) return null;
  const seconds = (cooldownMinutes === 0 ? COOLDOWN_MINUTES : cooldownMinutes) * 60;
  const same = earlier.filter((one) => one.rehearsal === undefined && isSamePlan(one, plan));
  const denied = same
    .flatMap((one) => one.denied ?? [])
    .find(({ at }) => secondsBetween(at, takenUpAt) < seconds);
  if (denied === undefined) return null;
  return ask(
    `${denied.by} denied going back from ${plan.from.name} to ${plan.to.name} at ${denied.at}; within ${inMinutes(seconds)} a person decides.`,
  );
};

function isSamePlan({ from, to }: Earlier, plan: Ready | Joinable): boolean {
  if (from === undefined || to === undefined) return false;
  return (
    isSameRevision({ id: from }, plan.from) &&
    isSameRevision(to, { id: plan.to.id, content: contentOf(plan.to, plan) })
  );
}

/**
 * Says whether an operator started the state machine by hand. That operator is the person whom the other rules would
 * ask.
 */
function isByHand({ request }: Facts): boolean {
  return request.trigger === undefined;
}

/** Says whether a rollback changed something for harm. A rehearsal counts against nothing. */
function counts(one: Earlier): boolean {
  return one.rehearsal === undefined && changedSomething(one);
}
