import { NO_REASON } from '../request.ts';
import { act, type Rule } from './rule.ts';

/** An operator or a tool asked, so no alarm has to prove the need. */
export const wasAsked: Rule = ({ facts: { request } }) => {
  const { trigger, reason } = request;
  if (trigger === undefined) return act(`An operator started it by hand: ${reason}.`);
  if (trigger.type === 'rehearsal') return act(`${trigger.by} rehearses it: ${reason}.`);
  return trigger.type === 'request' && trigger.automatic !== true
    ? act(`${trigger.by} asked for it${reason === NO_REASON ? '' : `: ${reason}`}.`)
    : null;
};
