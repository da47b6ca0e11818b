import { act, type Rule } from './rule.ts';

/** A person or a tool asked for it: no alarm has to prove the need. */
export const wasAsked: Rule = ({ facts: { request } }) => {
  const { trigger, reason } = request;
  if (trigger === undefined) return act(`It was started by hand: ${reason}.`);
  return trigger.type === 'request' && trigger.automatic !== true
    ? act(`${trigger.by} asked for it: ${reason}.`)
    : null;
};
