import { ask, type Rule } from './rule.ts';

/** The most targets that a sentence names. */
const MAX_NAMED = 5;

/** An alarm on several targets, such as an error rate and its baseline, accuses none of them alone. */
export const accusesOne: Rule = ({ facts: { request } }) => {
  const { target, trigger } = request;
  if (trigger?.type !== 'alarm') return null;
  const { alarm, among = [] } = trigger;
  if (among.length === 0) return null;
  const others = among.slice(0, MAX_NAMED).join(', ');
  return ask(
    `Alarm ${alarm} is about ${target} and also about ${others}, and does not show which of them hurts. Tag it lastgood:target with the target that it is for.`,
  );
};
