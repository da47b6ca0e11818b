import type { LeftOut, Member, MemberAnswer, StormAnswer, TakenAnswer } from './member.ts';

/** Members that wait, by what a list does with them. */
export interface Waiting {
  /** They are on a list that nobody has answered. */
  readonly listed: readonly Member[];
  /** The next list takes them in: they have asked since, an answer left them out, or it was sent and missed them. */
  readonly unlisted: readonly Member[];
  /** They were answered while they planned again, and asked once more about the same plan. */
  readonly owed: readonly (Member & { readonly answered: MemberAnswer })[];
}

/** Says whether an answer is about a member. */
export function isAbout({ from, number }: Pick<TakenAnswer, 'from' | 'number'>, { listed }: Member): boolean {
  return listed !== undefined && listed > from && listed <= number;
}

/**
 * Sorts the members that wait for an answer. Those that an unfinished answer is about are left out: it is on its way.
 * @param answers those that lists took, the last one last
 */
export function waitingAmong(
  members: readonly Member[],
  answers: readonly Pick<TakenAnswer, 'from' | 'number' | 'done'>[],
): Waiting {
  const waiting = members.filter(({ state }) => state === 'waiting');
  const owed = waiting.flatMap((one) =>
    one.answered === undefined || one.answered.again === true ? [] : [{ ...one, answered: one.answered }],
  );
  const twice = waiting.filter(({ answered }) => answered?.again === true);
  const unanswered = waiting.filter(({ answered }) => answered === undefined);
  const last = answers.at(-1)?.number ?? 0;
  const isListed = ({ listed = 0 }: Member) => listed > last;
  const unfinished = answers.filter(({ done }) => done !== true);
  const isOnItsWay = (one: Member) => unfinished.some((answer) => isAbout(answer, one));
  return {
    owed,
    listed: unanswered.filter(isListed),
    unlisted: [...twice, ...unanswered.filter((one) => !isListed(one) && !isOnItsWay(one))],
  };
}

/** What an answer means for one member. */
export type Reply =
  | { readonly as: MemberAnswer['as'] }
  /** `agreed`: the person who is the first of two. */
  | { readonly leftOut: LeftOut; readonly agreed?: string };

/** The prefix of people whom Slack has signed for. Any other name is as its sender wrote it. */
const IN_SLACK = 'slack:';

/**
 * Returns what an answer means for a member of its list. A member with `lastgood:approvals` = 2 needs two people in
 * Slack, each of whom answers a list with it: one press must not decide for hundreds of targets that need two.
 * @param may whether this person may touch the target
 */
export function replyTo({ question, agreed }: Member, { choice, by }: StormAnswer, may: boolean): Reply {
  if (!may) return { leftOut: 'forbidden' };
  if (choice === 'none' || (choice === 'own' && question?.own !== true)) return { as: 'denied' };
  if (question?.approvals !== 2) return { as: 'approved' };
  if (!by.startsWith(IN_SLACK)) return { leftOut: 'two-people' };
  return agreed === undefined || agreed === by ? { leftOut: 'two-people', agreed: by } : { as: 'approved' };
}
