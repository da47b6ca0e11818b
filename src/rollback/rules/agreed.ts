import type { Agreed, Facts } from '../facts.ts';
import { isAutomatic, type Request } from '../request.ts';
import type { Settings } from '../settings.ts';
import { act, ask, type Finding, type Rule } from './rule.ts';

/** What a person was shown is what they meant: a plan that has changed since is asked about again. */
export const isWhatWasShown: Rule = ({ facts: { confirmed, approved, silent } }) => {
  if (silent?.toThisPlan === false)
    return ask('The plan has changed since the question that nobody answered.');
  const agreed = approved ?? confirmed;
  return agreed?.toThisPlan === false
    ? ask(`${agreed.by} agreed to another plan: it has changed since.`)
    : null;
};

/**
 * `lastgood:approvals` = 2: nobody goes back alone on their own request in Slack. What an alarm or an alert asked for is
 * nobody's own. Who asks elsewhere is known by no more than what they say: there, one person in Slack decides, who may be
 * the same. Who starts the machine by hand is asked nothing.
 */
export const isSeenByTwo: Rule = ({ facts: { request }, settings: { approvals } }) => {
  const asker = askerOf(request);
  return approvals === 2 && asker !== null
    ? ask(`${asker} asked for it, and somebody else must agree (lastgood:approvals=2).`)
    : null;
};

/**
 * Silence stands for the owner's own wish to be asked, about exactly this plan, and for nothing that came up since: any
 * other question is asked, and that one is not answered by silence.
 */
export function unanswered(
  found: readonly Finding[],
  { silent }: Facts,
  settings: Settings,
): readonly Finding[] {
  if (silent?.toThisPlan !== true || settings.onSilence !== 'go') return found;
  const open = found.filter(({ silenceMayMeanGo }) => silenceMayMeanGo !== true);
  return [...open, act('Nobody answered, and the target is tagged lastgood:silence=go.')];
}

/**
 * The findings as they are once a person has approved exactly this plan: no question is left. What forbids acting still
 * does. One's own request does not count where it takes two.
 */
export function answered(found: readonly Finding[], facts: Facts, settings: Settings): readonly Finding[] {
  const { approved } = facts;
  if (approved?.toThisPlan !== true || isOwn(approved, facts, settings)) return found;
  const open = found.filter(({ says, timeMayTell }) => says !== 'ask' && timeMayTell !== true);
  return [...open, act(`${approved.by} approved exactly this plan.`)];
}

function isOwn({ by }: Agreed, { request }: Facts, { approvals }: Settings): boolean {
  return approvals === 2 && askerOf(request) === by;
}

/** Null where nobody asked, or nobody says who did. */
function askerOf(request: Request): string | null {
  return request.trigger?.type === 'request' && !isAutomatic(request) ? request.trigger.by : null;
}
