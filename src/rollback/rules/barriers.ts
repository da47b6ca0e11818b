import { ask, type Rule } from './rule.ts';

/** The tag of a revision that must not be undone without a question. Its value says why: `schema 42`. */
export const BARRIER_TAG = 'lastgood:irreversible';

export const isReversible: Rule = ({ facts: { plan } }) => {
  if (!('fromTags' in plan)) return null;
  const why = plan.fromTags[BARRIER_TAG];
  if (why === undefined || why === 'false') return null;
  return ask(`${plan.from.name} is tagged as not reversible (${BARRIER_TAG}=${why}).`);
};

/**
 * The last known good is never condemned. A revision that an operator names may be. One that was accused after its soak
 * stays proven, because no one decided; it may have hurt more slowly than its alarms turn.
 */
export const leadsToGood: Rule = ({ facts: { plan, condemned, accused = [] } }) => {
  if (!('to' in plan)) return null;
  const { id, name } = plan.to;
  if (condemned.includes(id)) return ask(`${name}, the revision to go back to, was at fault before.`);
  const open = accused.find(({ revision }) => revision === id);
  if (open === undefined) return null;
  return ask(
    `${name}, the revision to go back to, was accused itself. That rollback ended undecided at ${open.at}, so a person decides.`,
  );
};

/** A way back that may bring the fault back, or that does more than go back, needs a person. */
export const endsTheFault: Rule = ({ facts: { plan } }) => ('doubt' in plan ? ask(plan.doubt) : null);
