import { isAutomatic } from '../request.ts';
import { ask, type Rule } from './rule.ts';

/** An operator froze the target. Automatic rollbacks of it ask first; an operator may still ask for one. */
export const isNotFrozen: Rule = ({ facts: { request, freeze } }) => {
  if (freeze === null || !isAutomatic(request)) return null;
  const until = freeze.until === undefined ? '' : ` until ${freeze.until}`;
  const because = `${freeze.by} froze ${request.target}${until} (${freeze.reason}), so a person decides.`;
  return { ...ask(because), mustBeShown: true };
};
