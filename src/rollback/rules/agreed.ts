import type { Agreed, Facts } from '../facts.ts';
import { isAutomatic, type Request } from '../request.ts';
import type { Settings } from '../settings.ts';
import { act, ask, type Finding, type Rule } from './rule.ts';

/** An answer holds only for the plan that was shown. A changed plan needs a new answer. */
export const isWhatWasShown: Rule = ({ facts: { confirmed, approved, silent } }) => {
  if (silent?.toThisPlan === false)
    return ask('The plan has changed since the question, which got no answer.');
  const agreed = approved ?? confirmed;
  return agreed?.toThisPlan === false
    ? ask(`${agreed.by} agreed to an earlier plan, which has changed since.`)
    : null;
};

/**
 * The question of the owner was asked, and its silence let the rollback go. After a pause it is asked anew, and then only
 * a person answers it.
 */
export const isNotLetGoTwice: Rule = ({ facts: { silenceIsSpent }, settings: { mode } }) =>
  silenceIsSpent && mode === 'approve'
    ? ask('Silence let it go before Lastgood was paused, and does not answer twice, so a person decides.')
    : null;

/**
 * With `lastgood:approvals` = 2, a request from Slack needs a second person. A trigger by an alarm or alert needs none,
 * because no person asked. A request from elsewhere names its sender without proof. One person in Slack then decides,
 * who may be the same. A machine that was started by hand asks no question.
 */
export const hasTwoPeople: Rule = ({ facts: { request }, settings: { approvals } }) => {
  const asker = askerOf(request);
  return approvals === 2 && asker !== null
    ? ask(`${asker} asked for it, and another person must agree (lastgood:approvals=2).`)
    : null;
};

/**
 * Returns the findings after a silence. It answers only the question that the owner asks by tag, and only for exactly
 * this plan. Any other question still needs an answer.
 */
export function unanswered(
  found: readonly Finding[],
  { silent }: Facts,
  settings: Settings,
): readonly Finding[] {
  if (silent?.toThisPlan !== true || settings.onSilence !== 'go') return found;
  const open = found.filter(({ silenceMayMeanGo }) => silenceMayMeanGo !== true);
  return [...open, act('No answer came, and the target is tagged lastgood:silence=go.')];
}

/**
 * Returns the findings after a person has agreed to exactly this plan. Findings that forbid acting remain. An approval
 * settles all questions but a freeze that the question did not name. Where two people are needed, approving one's own
 * request does not count.
 */
export function answered(found: readonly Finding[], facts: Facts, settings: Settings): readonly Finding[] {
  const { approved } = facts;
  if (approved?.toThisPlan !== true || isOwn(approved, facts, settings))
    return confirmed(found, facts, settings);
  const isNew = ({ mustBeShown, rule }: Finding): boolean =>
    mustBeShown === true && approved.shown !== undefined && !isShown(rule, approved);
  const open = found.filter((one) => isNew(one) || (one.says !== 'ask' && one.timeMayTell !== true));
  return [...open, act(`${approved.by} approved exactly this plan.`)];
}

/**
 * Returns the findings after a person has confirmed exactly this plan before the request. It settles the objections
 * that were shown with the plan, and no later ones. Where two people are needed, it settles none.
 */
function confirmed(
  found: readonly Finding[],
  { confirmed: by }: Facts,
  { approvals }: Settings,
): readonly Finding[] {
  if (by?.toThisPlan !== true || approvals === 2) return found;
  const open = found.filter(({ says, rule }) => says !== 'ask' || !isShown(rule, by));
  return open.length === found.length ? found : [...open, act(`${by.by} confirmed exactly this plan.`)];
}

function isShown(rule: string | undefined, { shown = [] }: Agreed): boolean {
  return rule !== undefined && shown.includes(rule);
}

function isOwn({ by }: Agreed, { request }: Facts, { approvals }: Settings): boolean {
  return approvals === 2 && askerOf(request) === by;
}

/** Returns the operator who asked. Null: no operator asked, or the request names none. */
function askerOf(request: Request): string | null {
  const { trigger } = request;
  if (trigger?.type === 'rehearsal') return trigger.by;
  return trigger?.type === 'request' && !isAutomatic(request) ? trigger.by : null;
}
