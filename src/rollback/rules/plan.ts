import { skip, type Rule } from './rule.ts';

/**
 * Skips if there is nothing to go back from. A plan without a way back is still judged: if Lastgood should go back and
 * cannot, the rollback has failed.
 */
export const hasSomethingToDo: Rule = ({ facts: { plan } }) =>
  plan.state === 'nothing-to-do' ? skip(plan.reason) : null;
