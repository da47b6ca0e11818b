import { ask, type Rule } from './rule.ts';

/** The tag of a revision that must not be undone without a question. Its value says why: `schema 42`. */
export const BARRIER_TAG = 'lastgood:irreversible';

export const isReversible: Rule = ({ facts: { plan } }) => {
  if (!('fromTags' in plan)) return null;
  const why = plan.fromTags[BARRIER_TAG];
  if (why === undefined || why === 'false') return null;
  return ask(`${plan.from.name} is tagged as not reversible (${BARRIER_TAG}=${why}).`);
};

/** The last known good is never condemned. A revision that an operator names may be. */
export const leadsToGood: Rule = ({ facts: { plan, condemned } }) =>
  'to' in plan && condemned.includes(plan.to.id)
    ? ask(`${plan.to.name}, the revision to go back to, was at fault before.`)
    : null;

/** A way back that may bring the fault back, or that does more than go back, needs a person. */
export const endsTheFault: Rule = ({ facts: { plan } }) => ('doubt' in plan ? ask(plan.doubt) : null);
