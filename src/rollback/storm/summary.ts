import type { Instant } from '../request.ts';
import { isAfter, secondsBetween } from '../time.ts';
import type { LeftOut, Member, StormAnswer } from './member.ts';
import { sharedAmong, type Shared } from './shared.ts';

const HOUR_SECONDS = 3600;

const MAX_EXAMPLES = 10;

const MAX_DIRTY = 20;

/** A storm at one moment. */
export interface Summary {
  readonly state: 'gathering' | 'asking' | 'answered' | 'ended';
  /** One or two sentences: how many targets alarm, and what they share. */
  readonly says: string;
  readonly alarming: number;
  readonly deployedWithinHour: number;
  readonly shared?: Shared;
  readonly choices: { readonly all: number; readonly own: number };
  readonly answerBy?: Instant;
  readonly answer?: StormAnswer & {
    readonly targets: number;
    readonly leftOut: { readonly forbidden: number; readonly twoPeople: number };
  };
  readonly counts: Counts;
  /** Number of skipped targets whose question had no answer. */
  readonly unanswered: number;
  readonly examples: readonly string[];
  readonly dirty: readonly string[];
}

export interface Counts {
  readonly waiting: number;
  readonly goingBack: number;
  readonly rolledBack: number;
  readonly skipped: number;
  readonly failedClean: number;
  readonly failedDirty: number;
}

/** What a summary is about. */
export interface Summarised {
  readonly since: Instant;
  readonly members: readonly Member[];
  /** Those that wait for an answer, and are on the list. */
  readonly listed: readonly Member[];
  /** The last answer; null: there is none. */
  readonly answer: StormAnswer | null;
  /** Its deadline has passed: what has not ended is counted as it is. */
  readonly isOver?: boolean;
  /** Targets still join, and its first question follows. */
  readonly isGathering?: boolean;
}

/** Summarises a storm. The order of the members makes no difference. */
export function summaryOf(summarised: Summarised): Summary {
  const { since, members, listed, answer } = summarised;
  const lately = members.filter(isDeployedWithinHour);
  const shared = sharedAmong(lately);
  const counted = { alarming: members.length, deployedWithinHour: lately.length };
  const answerBy = earliest(listed.flatMap(({ question }) => question?.answerBy ?? []));
  return {
    state: stateOf(summarised),
    says: [sentenceOf(since, counted, shared), ...frozenAmong(listed)].join(' '),
    ...counted,
    ...(shared !== null && { shared }),
    choices: { all: listed.length, own: listed.filter(({ question }) => question?.own === true).length },
    ...(answerBy !== null && { answerBy }),
    ...(answer !== null && { answer: answerIn(members, answer) }),
    counts: countsOf(members),
    unanswered: members.filter(isUnanswered).length,
    examples: namesOf(listed.length > 0 ? listed : members, MAX_EXAMPLES),
    dirty: namesOf(
      members.filter(({ state }) => state === 'failed-dirty'),
      MAX_DIRTY,
    ),
  };
}

/** Says whether a rollback of a member may still change something, or ask. */
export function isOpen({ state }: Pick<Member, 'state'>): boolean {
  return state === 'judging' || state === 'waiting' || state === 'answered' || state === 'going-back';
}

function stateOf({ members, listed, isOver = false, isGathering = false }: Summarised): Summary['state'] {
  if (isOver || !members.some(isOpen)) return 'ended';
  if (isGathering) return 'gathering';
  return listed.length > 0 ? 'asking' : 'answered';
}

/** Says whether a target was rolled out within the hour before its alarm, or after it. */
function isDeployedWithinHour({ at, deployedAt }: Member): boolean {
  return deployedAt !== undefined && secondsBetween(deployedAt, at) <= HOUR_SECONDS;
}

function isUnanswered({ state, question, answered }: Member): boolean {
  return state === 'skipped' && question !== undefined && answered === undefined;
}

function answerIn(members: readonly Member[], answer: StormAnswer): NonNullable<Summary['answer']> {
  const { choice, list } = answer;
  const as = choice === 'none' ? 'denied' : 'approved';
  const leftOut = (wanted: LeftOut) =>
    members.filter(({ leftOut: out }) => out?.list === list && out.why === wanted).length;
  return {
    ...answer,
    targets: members.filter(({ answered }) => answered?.list === list && answered.as === as).length,
    leftOut: { forbidden: leftOut('forbidden'), twoPeople: leftOut('two-people') },
  };
}

const COUNTED: Readonly<Record<Member['state'], keyof Counts | null>> = {
  judging: null,
  waiting: 'waiting',
  answered: 'goingBack',
  'going-back': 'goingBack',
  'rolled-back': 'rolledBack',
  skipped: 'skipped',
  'failed-clean': 'failedClean',
  'failed-dirty': 'failedDirty',
};

function countsOf(members: readonly Member[]): Counts {
  const counts = { waiting: 0, goingBack: 0, rolledBack: 0, skipped: 0, failedClean: 0, failedDirty: 0 };
  for (const member of members) {
    const counted = isDenied(member) ? null : COUNTED[member.state];
    if (counted !== null) counts[counted]++;
  }
  return counts;
}

/** A denied target ends within seconds. Until then it neither waits nor goes back. */
function isDenied({ state, answered }: Member): boolean {
  return state === 'answered' && answered?.as === 'denied';
}

function namesOf(members: readonly Member[], most: number): readonly string[] {
  return members
    .map(({ target }) => target)
    .sort()
    .slice(0, most);
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, one) => (first === null || isAfter(first, one) ? one : first),
    null,
  );
}

/** Names the frozen targets: an answer settles a freeze only if the question named it. */
function frozenAmong(listed: readonly Member[]): readonly string[] {
  const frozen = listed.filter(({ question }) => question?.frozen === true);
  if (frozen.length === 0) return [];
  const more = frozen.length - MAX_EXAMPLES;
  return [`Frozen: ${namesOf(frozen, MAX_EXAMPLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

const BY = { image: 'image', 'launch-template': 'launch template', commit: 'commit' } as const;

function sentenceOf(
  since: Instant,
  { alarming, deployedWithinHour }: Pick<Summary, 'alarming' | 'deployedWithinHour'>,
  shared: Shared | null,
): string {
  const alarm = `${alarming} target${alarming === 1 ? ' alarms' : 's alarm'} since ${since.slice(11, 16)} UTC`;
  const deployed = `${deployedWithinHour === 0 ? 'none' : deployedWithinHour} had a deployment within the hour`;
  const same = shared === null ? '' : `, ${shared.targets} of them the same ${BY[shared.by]} ${shared.name}`;
  return `${alarm}; ${deployed}${same}.`;
}
