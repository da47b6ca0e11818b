import type { Earlier, Facts } from '../facts.ts';
import type { Deployment, Revision } from '../plan.ts';
import { isAutomatic, type Instant } from '../request.ts';
import { inMinutes, isAfter, secondsBetween } from '../time.ts';
import { ask, skip, type Rule } from './rule.ts';

/** A rollback is never rolled back, because what comes next would be the revision that hurt before. */
export const isNoRollback: Rule = ({ facts: { request, plan } }) => {
  const { deployment, runs } = plan;
  if (deployment?.isRollback !== true) return null;
  const because = `What runs, ${(runs ?? deployment.revision).name}, was itself brought back by a rollback, and a rollback is never rolled back automatically.`;
  return isAutomatic(request) ? skip(because) : ask(because);
};

/**
 * What was deployed while an earlier rollback went on is likely what that one put there. One that ended dirty condemned
 * nothing to tell it by, whoever asked for it.
 */
export const isNoLeftover: Rule = ({
  facts: {
    request,
    plan: { deployment },
    earlier,
  },
}) => {
  if (deployment === undefined || !isAutomatic(request)) return null;
  const { startedAt, revision } = deployment;
  const during = earlier.filter(changedSomething).some((one) => wentOnAt(one, startedAt));
  if (!during) return null;
  return ask(
    `The deployment of ${revision.name} began while an earlier rollback went on, so it may be the way back itself.`,
  );
};

function wentOnAt({ startedAt, ended }: Earlier, at: Instant): boolean {
  return !isAfter(startedAt, at) && (ended === undefined || !isAfter(at, ended.at));
}

/** One automatic rollback for each bad revision: where it is back again, somebody or something wanted it back. */
export const isFirstForRevision: Rule = ({ facts }) => {
  const { plan, condemned, earlier } = facts;
  if (!('from' in plan) || isByHand(facts)) return null;
  const bad = plan.suspect ?? plan.from;
  const ids = [bad.id, ...sameAs(bad, plan.recent ?? [])];
  const before = earlier.some(
    (one) => one.automatic && changedSomething(one) && ids.some((id) => id === one.from),
  );
  if (!before && !ids.some((id) => condemned.includes(id))) return null;
  return ask(`${bad.name} was rolled back before and is deployed again, so a person decides.`);
};

/** Finds the other ids under which the same content was deployed: a pipeline may register it anew. */
function sameAs({ id }: Revision, recent: readonly Deployment[]): readonly string[] {
  const content = recent.find(({ revision }) => revision.id === id)?.content;
  if (content === undefined) return [];
  return recent.filter((one) => one.content === content).map(({ revision }) => revision.id);
}

/**
 * After a rollback the next automatic one is a person's decision for a while: this is what ends every loop. Somebody who
 * asks may follow somebody who asked.
 */
export const isCool: Rule = ({ facts, settings: { cooldownMinutes } }) => {
  if (isByHand(facts)) return null;
  const sinceLast = facts.earlier
    .filter((one) => (one.automatic || isAutomatic(facts.request)) && changedSomething(one))
    .map(({ ended, startedAt }) => secondsBetween(ended?.at ?? startedAt, facts.takenUpAt))
    .find((seconds) => seconds < cooldownMinutes * 60);
  if (sinceLast === undefined) return null;
  return ask(
    `The last rollback was ${inMinutes(sinceLast)} ago; within ${inMinutes(cooldownMinutes * 60)} a person decides.`,
  );
};

/** Whoever starts the state machine by hand is the person that the other rules would ask. */
function isByHand({ request }: Facts): boolean {
  return request.trigger === undefined;
}

/** One that ended without a report may have changed anything. */
function changedSomething({ ended }: Earlier): boolean {
  return ended === undefined || ended.as === 'rolled-back' || ended.as === 'failed-dirty';
}
