import { isSilence } from './approval.ts';
import type { Approval, Listened } from './document.ts';
import { onsetOf } from './onset.ts';
import type { Plan } from './plan.ts';
import { isAutomatic, type Instant, type Request } from './request.ts';
import { suspicionAmong } from './suspect.ts';
import { isAfter } from './time.ts';
import type { Verdict } from './verdict.ts';

/** A trigger that Claim turned away, as the record of the rollback that holds the target keeps it. */
export type Heard = Request & {
  /** Start of the execution that was turned away: how old its alarm was is counted from here. */
  readonly heardAt?: Instant;
};

/** How often a trigger may interrupt the questions of one rollback. Later ones wait for the end of the countdown. */
export const MAX_INTERRUPTIONS = 3;

/** How many triggers are judged at a look: each alarm costs a look at its history. */
export const MAX_TRIGGERS_JUDGED = 3;

interface Hearing {
  readonly request: Request;
  readonly alsoTriggeredBy: readonly Heard[];
}

/** The triggers that were recorded after the first `heard`, each once, the one that matters most first. */
export function unheard({ request, alsoTriggeredBy }: Hearing, heard = 0): readonly Heard[] {
  return ranked(alsoTriggeredBy.slice(heard).filter((other) => isJudgedHere(request, other)));
}

/**
 * Whether a rollback can judge a trigger that came later. One that names a revision of its own wants another plan, and a
 * revision that is not there would end this rollback too.
 */
function isJudgedHere(request: Request, { revision }: Request): boolean {
  return revision === undefined || revision === request.revision;
}

/** People before tools, genuine before forged, newest first; of one alarm only the first of these. */
export function ranked(triggers: readonly Heard[]): readonly Heard[] {
  const inOrder = triggers
    .toReversed()
    .toSorted((one, other) => rankOf(one) - rankOf(other) || newestFirst(one, other));
  const names = inOrder.map(nameOf);
  return inOrder.filter((_, index) => names.indexOf(names[index] ?? '') === index);
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

/** A flapping alarm is one accuser, however often it turns. */
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
 * The trigger that the plan is made for: the one that ended a question, until another one does. At first it is the
 * rollback's own.
 */
export function leadOf({ request, verdict, approval, listened }: Asked): Heard {
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

/** How many questions have ended because another trigger came, the one that ended just now included. */
export function againOf({ verdict, approval }: Pick<Asked, 'verdict' | 'approval'>): number {
  const before = verdict?.again ?? 0;
  return verdict?.verdict === 'ask' && isEndedByMore(verdict.onSilence, approval) ? before + 1 : before;
}

/** After a silence that means stay, the machine judges again only where another trigger came. */
function isEndedByMore(onSilence: 'go' | 'stay', approval: Approval | undefined): boolean {
  if (approval === undefined) return false;
  if ('answer' in approval) return approval.answer === 'judge-again';
  return approval.Error === 'HeardMore' || (onSilence === 'stay' && isSilence(approval));
}

/** Whether a plan that was made for one trigger is also the plan for another: both suspect the same deployment. */
export function isPlanFor(plan: Plan, lead: Request, other: Request): boolean {
  return lead.revision === other.revision && suspectFor(plan, lead) === suspectFor(plan, other);
}

function suspectFor({ recent, deployment }: Plan, request: Request): string | undefined {
  const known = recent ?? (deployment === undefined ? [] : [deployment]);
  return suspicionAmong(known, onsetOf(request))?.suspect.id;
}
