import { isAutomatic } from '../request.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A person wants the target to stay as it is. Nothing automatic moves it without asking; who asks for a rollback all the
 * same knows what they do.
 */
export const isNotFrozen: Rule = ({ facts: { request, freeze } }) => {
  if (freeze === null || !isAutomatic(request)) return null;
  const until = freeze.until === undefined ? '' : ` until ${freeze.until}`;
  return ask(`${freeze.by} froze ${request.target}${until} (${freeze.reason}), so a person decides.`);
};
