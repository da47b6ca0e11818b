import { isSilence, personsAnswer } from './approval.ts';
import type { Judgeable } from './document.ts';
import { againOf, isPlanFor, MAX_TRIGGERS_JUDGED, suspectAt, unheard } from './heard.ts';
import type { Onset } from './onset.ts';
import type { Plan } from './plan.ts';
import { rehearsalOf, type Heard, type Request } from './request.ts';
import { askInstead, looksBefore } from './look-again.ts';
import { mildest } from './mildest.ts';
import { secondsBetween } from './time.ts';
import type { Verdict } from './verdict.ts';

/** A verdict on one of the triggers of a rollback. */
export interface Judged {
  readonly trigger: Heard;
  readonly verdict: Verdict;
}

/**
 * Returns the document as if `trigger` alone had started the rollback. Silence answers only the triggers that were known
 * when the question was asked.
 */
export function asTriggeredBy(rollback: Judgeable, trigger: Heard, wasKnown: boolean): Judgeable {
  const { claim, approval, ...rest } = rollback;
  const { heardAt } = trigger;
  return {
    ...rest,
    request: trigger,
    ...(claim !== undefined && { claim: heardAt === undefined ? claim : { ...claim, takenUpAt: heardAt } }),
    ...(approval !== undefined && (wasKnown || !isSilence(approval)) && { approval }),
  };
}

/** Returns the onset that the look before found for this trigger. Null: there was none, or another trigger decided. */
export function sinceBefore({ request, verdict }: Judgeable, trigger: Heard): Onset | null {
  if (verdict?.since === undefined || !isSame(verdict.decidedBy ?? request, trigger)) return null;
  return verdict.since;
}

/** Says whether a trigger was known when the last question was asked. */
export function wasKnown(
  { request, verdict }: Judgeable,
  trigger: Heard,
  recorded: readonly Heard[],
): boolean {
  return [request, ...recorded.slice(0, verdict?.heard ?? 0)].some((one) => isSame(one, trigger));
}

/**
 * Returns what to judge beside the trigger that the plan was made for: first the rollback's own request. A rehearsal
 * judges nothing else: it ends, and what came is started then.
 */
export function othersOf({ request }: Judgeable, lead: Heard, recorded: readonly Heard[]): readonly Heard[] {
  if (rehearsalOf(request) !== null) return [];
  const heard = unheard({ request, alsoTriggeredBy: recorded });
  return [request, ...heard].filter((one) => !isSame(one, lead)).slice(0, MAX_TRIGGERS_JUDGED - 1);
}

/** Returns all triggers but one, as a fact about that one. */
export function besides(
  { request }: Judgeable,
  trigger: Heard,
  recorded: readonly Heard[],
): readonly Request[] {
  return [request, ...recorded].filter((one) => !isSame(one, trigger));
}

/** Asks instead of acting where the plan was made for a trigger that accuses another deployment. */
export function forThisPlan({ trigger, verdict }: Judged, { plan }: Judgeable, lead: Heard): Judged {
  if (verdict.verdict !== 'act' || isPlanFor(plan, lead, trigger)) return { trigger, verdict };
  const because = `Another trigger (${wordsFor(trigger)}) accuses a deployment that this plan does not go back from, so a person decides.`;
  return { trigger, verdict: askInstead(verdict, because, plan) };
}

/** Returns the mildest verdict, with the state that the next call of Judge needs. */
export function conclude(
  judged: readonly [Judged, ...Judged[]],
  rollback: Judgeable,
  lead: Heard,
  heard: number,
): Verdict {
  const { trigger, verdict } = mildest(judged);
  const { request } = rollback;
  const [again, looks] = [questionsBefore(verdict, rollback), looksBefore(rollback) + 1];
  const asked = askedBefore(rollback, verdict);
  const setAside = setAsideIn(judged, verdict, rollback.plan);
  return {
    ...verdict,
    ...(setAside.length > 0 && { setAside }),
    ...(looks > 1 && { looks }),
    ...(heard > 0 && { heard }),
    ...(again > 0 && { again }),
    ...(asked > 0 && { askedSeconds: asked }),
    ...(!isSame(trigger, request) && {
      decidedBy: trigger,
      reasons: [`${introducing(verdict)}: ${wordsFor(trigger)}.`, ...verdict.reasons],
    }),
    ...(!isSame(lead, request) && { plannedFor: lead }),
  };
}

/** Counts the questions that another one follows. An answer that does not settle all is followed by one, too. */
function questionsBefore({ verdict }: Verdict, rollback: Judgeable): number {
  const { approval } = rollback;
  const isOpen = verdict === 'ask' && (personsAnswer(approval) !== null || isSilence(approval));
  return Math.max(againOf(rollback), (rollback.verdict?.again ?? 0) + (isOpen ? 1 : 0));
}

/** Counts the seconds of all questions so far. Each ends with the verdict after it. */
function askedBefore({ verdict: before }: Judgeable, { at }: Verdict): number {
  const earlier = before?.askedSeconds ?? 0;
  return before?.verdict === 'ask' ? earlier + Math.max(0, secondsBetween(before.at, at)) : earlier;
}

/**
 * Returns the alarms that were red before the deployment that the deciding verdict accuses. An alarm that was red before
 * another one, such as a fix, may show the same harm.
 */
function setAsideIn(judged: readonly Judged[], { since }: Verdict, plan: Plan): readonly string[] {
  const suspect = suspectAt(plan, since ?? null);
  const about = judged.filter(({ verdict }) => suspectAt(plan, verdict.since ?? null) === suspect);
  return [...new Set(about.flatMap(({ verdict }) => verdict.setAside ?? []))];
}

function introducing({ verdict }: Verdict): string {
  return verdict === 'act' ? 'A later trigger decides' : 'Judged again with a later trigger';
}

/** Names a trigger. The reasons that follow describe alarms and deployments. */
function wordsFor({ trigger, reason }: Request): string {
  if (trigger?.type === 'alarm') return `alarm ${trigger.alarm}`;
  if (trigger?.type === 'deployment') return `deployment ${trigger.deployment}`;
  if (trigger?.type === 'lookout') return `the lookout of deployment ${trigger.deployment}`;
  return reason.replace(/[.\s]+$/, '');
}

function isSame(one: Heard, other: Heard): boolean {
  return idOf(one) === idOf(other);
}

function idOf({ trigger, reason }: Request): string {
  return trigger === undefined ? `by hand: ${reason}` : `${trigger.type}: ${trigger.id}`;
}
