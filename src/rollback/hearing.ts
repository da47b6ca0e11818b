import { isSilence } from './approval.ts';
import type { Judgeable } from './document.ts';
import { againOf, isPlanFor, MAX_TRIGGERS_JUDGED, unheard, type Heard } from './heard.ts';
import { askInstead, looksBefore } from './look-again.ts';
import { mildest } from './mildest.ts';
import type { Request } from './request.ts';
import type { Verdict } from './verdict.ts';

/** A verdict on one of the triggers of a rollback. */
export interface Judged {
  readonly trigger: Heard;
  readonly verdict: Verdict;
}

/**
 * The document as if `trigger` alone had started it. The silence that ended a question answers no trigger that was not
 * known when it was asked.
 */
export function asTriggeredBy(rollback: Judgeable, trigger: Heard, wasKnown: boolean): Judgeable {
  const { claim, approval, ...rest } = rollback;
  return {
    ...rest,
    request: trigger,
    claim: trigger.heardAt === undefined ? claim : { ...claim, takenUpAt: trigger.heardAt },
    ...(approval !== undefined && (wasKnown || !isSilence(approval)) && { approval }),
  };
}

/** Whether a trigger was known when the question was asked that the last verdict raised. */
export function wasKnown(
  { request, verdict }: Judgeable,
  trigger: Heard,
  recorded: readonly Heard[],
): boolean {
  return [request, ...recorded.slice(0, verdict?.heard ?? 0)].some((one) => isSame(one, trigger));
}

/** What else is to be judged beside the trigger that the plan was made for: the rollback's own request first. */
export function othersOf({ request }: Judgeable, lead: Heard, recorded: readonly Heard[]): readonly Heard[] {
  const heard = unheard({ request, alsoTriggeredBy: recorded });
  return [request, ...heard].filter((one) => !isSame(one, lead)).slice(0, MAX_TRIGGERS_JUDGED - 1);
}

/** All triggers but one, for the facts about that one. */
export function besides(
  { request }: Judgeable,
  trigger: Heard,
  recorded: readonly Heard[],
): readonly Request[] {
  return [request, ...recorded].filter((one) => !isSame(one, trigger));
}

/** Acts on no trigger by the plan for another one, which may go back from another deployment. */
export function forThisPlan({ trigger, verdict }: Judged, { plan }: Judgeable, lead: Heard): Judged {
  if (verdict.verdict !== 'act' || isPlanFor(plan, lead, trigger)) return { trigger, verdict };
  const because = `${sentenceOf(trigger)} accuses another deployment than this plan goes back from, so a person decides.`;
  return { trigger, verdict: askInstead(verdict, because, plan) };
}

/** The mildest of the verdicts, with what a later call of Judge has to know of this one. */
export function conclude(
  judged: readonly [Judged, ...Judged[]],
  rollback: Judgeable,
  lead: Heard,
  heard: number,
): Verdict {
  const { trigger, verdict } = mildest(judged);
  const { request } = rollback;
  const [again, looks] = [againOf(rollback), looksBefore(rollback) + 1];
  return {
    ...verdict,
    ...(looks > 1 && { looks }),
    ...(heard > 0 && { heard }),
    ...(again > 0 && { again }),
    ...(!isSame(trigger, request) && {
      decidedBy: trigger,
      reasons: [`Decided by what came later: ${sentenceOf(trigger)}.`, ...verdict.reasons],
    }),
    ...(!isSame(lead, request) && { plannedFor: lead }),
  };
}

function sentenceOf({ reason }: Request): string {
  return reason.replace(/[.\s]+$/, '');
}

function isSame(one: Heard, other: Heard): boolean {
  return idOf(one) === idOf(other);
}

function idOf({ trigger, reason }: Request): string {
  return trigger === undefined ? `by hand: ${reason}` : `${trigger.type}: ${trigger.id}`;
}
