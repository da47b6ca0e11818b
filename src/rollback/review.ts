import { sceneOf } from './clues/scene.ts';
import type { Review } from './document.ts';
import type { Facts } from './facts.ts';
import { harmNow } from './harm-now.ts';
import { onsetOf } from './onset.ts';
import type { Plan } from './plan.ts';
import type { Instant } from './request.ts';

/**
 * Describes how things are at the end of a question that got no answer.
 * @param isSamePlan the plan of the question still holds
 */
export function reviewOf(facts: Facts, isSamePlan: boolean, now: Instant): Review {
  const says = [...saysOfHarm(facts, now), ...saysOfWay(facts.plan, isSamePlan)];
  return { at: now, says: says.join(' ') };
}

/** Without an onset nothing shows the harm. Where nothing is left to go back from, it was not looked at. */
function saysOfHarm(facts: Facts, now: Instant): readonly string[] {
  const { plan, request } = facts;
  const isLookedAt = plan.state === 'ready' || plan.state === 'no-way-back';
  if (!isLookedAt || onsetOf(request) === null) return [];
  switch (harmNow(facts, sceneOf(facts, now))) {
    case 'ended':
      return [`The harm had ended by ${now}.`];
    case 'goes-on':
      return [`The harm still went on at ${now}.`];
    case 'unknown':
      return [`Whether the harm had ended by ${now} is unknown.`];
  }
}

function saysOfWay(plan: Plan, isSamePlan: boolean): readonly string[] {
  switch (plan.state) {
    case 'nothing-to-do':
      return [`Nothing is left to go back from: ${sentence(plan.reason)}`];
    case 'no-way-back':
      return [`The way back is gone: ${sentence(plan.reason)}`];
    case 'join':
      return [`AWS is going back to ${plan.to.name} natively.`];
    case 'ready':
      return isSamePlan
        ? []
        : [
            `The plan has changed since the question: it leads from ${plan.from.name} to ${plan.to.name} now.`,
          ];
  }
}

function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}
