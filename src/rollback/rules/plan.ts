import { skip, type Rule } from './rule.ts';

/**
 * There is nothing to go back from. That there is nothing to go back *to* is no reason to skip: whether we should go
 * back is judged all the same, and when we should and cannot, the rollback has failed.
 */
export const hasSomethingToDo: Rule = ({ facts: { plan } }) =>
  plan.state === 'nothing-to-do' ? skip(plan.reason) : null;
