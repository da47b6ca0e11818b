import { ask, type Rule } from './rule.ts';

/** How many targets a sentence names. */
const MAX_NAMED = 5;

/** An alarm over several targets, an error rate and its baseline say, accuses none of them alone. */
export const accusesOne: Rule = ({ facts: { request } }) => {
  const { target, trigger } = request;
  if (trigger?.type !== 'alarm') return null;
  const { alarm, among = [] } = trigger;
  if (among.length === 0) return null;
  const others = among.slice(0, MAX_NAMED).join(', ');
  return ask(
    `Alarm ${alarm} is about ${target} and also about ${others}, and does not say which of them hurts: tag it lastgood:target with the one that it speaks for.`,
  );
};
