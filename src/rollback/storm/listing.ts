import type { LeftOut, Member, MemberAnswer, StormAnswer } from './member.ts';

/** Members that wait, by what a list does with them. */
export interface Waiting {
  /** They are on a list that nobody has answered. */
  readonly listed: readonly Member[];
  /** The next list takes them in: they have asked since, or an answer left them out. */
  readonly unlisted: readonly Member[];
  /** They were answered while they planned again, and asked once more about the same plan. */
  readonly owed: readonly (Member & { readonly answered: MemberAnswer })[];
}

/**
 * Sorts the members that wait for an answer. Those on an answered list are left out: the answer is on its way.
 * @param answered number of the last list that was answered; 0: none was
 */
export function waitingAmong(members: readonly Member[], answered: number): Waiting {
  const waiting = members.filter(({ state }) => state === 'waiting');
  const owed = waiting.flatMap((one) =>
    one.answered === undefined || one.answered.again === true ? [] : [{ ...one, answered: one.answered }],
  );
  const others = waiting.filter((one) => one.answered === undefined || one.answered.again === true);
  return {
    owed,
    listed: others.filter(({ listed, answered: was }) => was === undefined && (listed ?? 0) > answered),
    unlisted: others.filter(({ listed, answered: was }) => was !== undefined || listed === undefined),
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
