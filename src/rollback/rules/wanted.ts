import { isAutomatic } from '../request.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A target of which nothing is to run serves no users, whatever its revision. A person or a schedule has set it so, and
 * going back cannot help. An operator may still ask for a rollback.
 */
export const isWantedToRun: Rule = ({ facts: { request, plan } }) =>
  plan.wantsNone === undefined || !isAutomatic(request)
    ? null
    : ask(`${plan.wantsNone}, so going back would serve no users, and a person decides`);
