import { isSilence } from './approval.ts';
import type { Approval, Listened } from './document.ts';
import { onsetOf, type Onset } from './onset.ts';
import type { Plan } from './plan.ts';
import { isAutomatic, rehearsalOf, type Heard, type Request } from './request.ts';
import { suspicionAmong } from './suspect.ts';
import { after, isAfter, secondsBetween } from './time.ts';
import type { Verdict } from './verdict.ts';

/** How many questions of one rollback a trigger may interrupt. Later triggers wait for the end of the countdown. */
export const MAX_INTERRUPTIONS = 3;

/** The least time in which a person can answer. */
const MIN_COUNTDOWN_SECONDS = 60;

/** How many triggers one look judges. Each alarm costs a DescribeAlarmHistory and a DescribeAlarms. */
export const MAX_TRIGGERS_JUDGED = 3;

interface Hearing {
  readonly request: Request;
  readonly alsoTriggeredBy: readonly Heard[];
}

/** Returns the triggers recorded after the first `heard`, each once, the most important first. */
export function unheard({ request, alsoTriggeredBy }: Hearing, heard = 0): readonly Heard[] {
  return ranked(alsoTriggeredBy.slice(heard).filter((other) => isJudgedHere(request, other)));
}

/**
 * Returns what a skipped rollback leaves to the sweep: triggers that came after the judgement, and those that this
 * rollback could not judge.
 */
export function leftOver({ request, alsoTriggeredBy }: Hearing, judged = 0): readonly Heard[] {
  return alsoTriggeredBy.filter((other, index) => index >= judged || !isJudgedHere(request, other));
}

/**
 * Says whether a rollback can judge a later trigger. A trigger that names another revision needs another plan, and a
 * revision that does not exist would end this rollback too.
 */
function isJudgedHere(request: Request, { revision }: Request): boolean {
  return revision === undefined || revision === request.revision;
}

/** Orders triggers: people before tools, genuine before forged, newest first. Of one alarm only the first remains. */
export function ranked(triggers: readonly Heard[]): readonly Heard[] {
  const inOrder = triggers
    .toReversed()
    .toSorted((one, other) => rankOf(one) - rankOf(other) || newestFirst(one, other));
  const names = inOrder.map(nameOf);
  return inOrder.filter((one, index) => names.indexOf(nameOf(one)) === index);
}

function rankOf(request: Heard): number {
  if (!isAutomatic(request)) return 0;
  return request.trigger?.type === 'alarm' && request.trigger.forged !== undefined ? 2 : 1;
}

function newestFirst(one: Heard, other: Heard): number {
  const [at, otherAt] = [one.trigger?.at, other.trigger?.at];
  if (at === undefined || otherAt === undefined) return 0;
  if (isAfter(at, otherAt)) return -1;
  return isAfter(otherAt, at) ? 1 : 0;
}

/** Names the accuser: a flapping alarm is one, however often it turns. */
function nameOf({ trigger, reason }: Heard): string {
  if (trigger === undefined) return `by hand ${reason}`;
  return trigger.type === 'alarm' ? `alarm ${trigger.alarm}` : `${trigger.type} ${trigger.id}`;
}

interface Asked {
  readonly request: Request;
  readonly verdict?: Verdict;
  readonly approval?: Approval;
  readonly listened?: Listened;
}

/**
 * Returns the trigger that the plan is made for: the last one that ended a question, or the rollback's own request. A
 * rehearsal goes back for no other trigger.
 */
export function leadOf({ request, verdict, approval, listened }: Asked): Heard {
  if (rehearsalOf(request) !== null) return request;
  const found = verdict?.verdict === 'ask' ? cameAfter(verdict.onSilence, approval, listened) : undefined;
  return found ?? verdict?.plannedFor ?? request;
}

function cameAfter(
  onSilence: 'go' | 'stay',
  approval: Approval | undefined,
  listened: Listened | undefined,
): Heard | undefined {
  if (approval !== undefined && 'answer' in approval && approval.answer === 'judge-again')
    return approval.request;
  const isHeard = listened !== undefined && 'unheard' in listened;
  return onSilence === 'stay' && isSilence(approval) && isHeard ? listened.request : undefined;
}

/** Counts the questions that ended because another trigger came, the last one included. */
export function againOf({ verdict, approval }: Pick<Asked, 'verdict' | 'approval'>): number {
  const before = verdict?.again ?? 0;
  return verdict?.verdict === 'ask' && isEndedByMore(verdict.onSilence, approval) ? before + 1 : before;
}

/**
 * Says whether another trigger ended the question. After a silence that means stay, the workflow judges again only
 * where another trigger came.
 */
function isEndedByMore(onSilence: 'go' | 'stay', approval: Approval | undefined): boolean {
  if (approval === undefined) return false;
  if ('answer' in approval) return approval.answer === 'judge-again';
  return approval.Error === 'HeardMore' || (onSilence === 'stay' && isSilence(approval));
}

/**
 * Keeps the deadline of a silence that means go. A later trigger ends the question of the same plan, and must not put off
 * what the owner of the target decided.
 */
export function withDeadline(verdict: Verdict, before: Pick<Asked, 'verdict' | 'approval'>): Verdict {
  const asked = before.verdict;
  if (verdict.verdict !== 'ask' || asked?.verdict !== 'ask') return verdict;
  const isGo = verdict.onSilence === 'go' && asked.onSilence === 'go';
  if (!isGo || verdict.plan !== asked.plan || !isEndedByMore('go', before.approval)) return verdict;
  const left = secondsBetween(verdict.at, after(asked.at, asked.countdownSeconds));
  const countdownSeconds = Math.max(MIN_COUNTDOWN_SECONDS, Math.ceil(left));
  return { ...verdict, countdownSeconds: Math.min(verdict.countdownSeconds, countdownSeconds) };
}

/** Says whether a plan made for one trigger also fits another: both must suspect the same deployment. */
export function isPlanFor(plan: Plan, lead: Request, other: Request): boolean {
  return lead.revision === other.revision && suspectFor(plan, lead) === suspectFor(plan, other);
}

function suspectFor(plan: Plan, request: Request): string | undefined {
  return suspectAt(plan, onsetOf(request));
}

/** Returns the id of the deployment that is suspected of a harm with this onset. */
export function suspectAt({ recent, deployment }: Plan, onset: Onset | null): string | undefined {
  const known = recent ?? (deployment === undefined ? [] : [deployment]);
  return suspicionAmong(known, onset)?.suspect.id;
}
