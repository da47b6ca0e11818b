import { isAutomatic } from '../request.ts';
import type { Verdict } from '../verdict.ts';
import { ask, type Rule } from './rule.ts';

/** Says whether a verdict asks because of a freeze, by the name of the rule in the judge's list. */
export function asksAboutFreeze({ asks = [] }: Pick<Verdict, 'asks'>): boolean {
  return asks.includes('isNotFrozen');
}

/** An operator froze the target. Automatic rollbacks of it ask first; an operator may still ask for one. */
export const isNotFrozen: Rule = ({ facts: { request, freeze } }) => {
  if (freeze === null || !isAutomatic(request)) return null;
  const until = freeze.until === undefined ? '' : ` until ${freeze.until}`;
  const because = `${freeze.by} froze ${request.target}${until} (${freeze.reason}), so a person decides.`;
  return { ...ask(because), mustBeShown: true };
};
