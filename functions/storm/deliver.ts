import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Member, MemberAnswer } from '../../src/rollback/storm/member.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface Delivering {
  readonly storms: Pick<Storms, 'answerMember'>;
  readonly questions: Questions;
  readonly reply: Reply;
  /** Returns the turns of one call, which all count from its begin. */
  readonly turnsFrom: (at: Instant) => Turns;
}

/** Sends an answer to one member. `at`: when the call began that sends it. */
export type Deliver = (id: string, member: Member, answer: MemberAnswer, at: Instant) => Promise<void>;

/**
 * Sends an answer to the question of a member, bound to the plan that was listed: it is an approval like any other. Marks
 * the member first, so that of two answers at once only one reaches it. A retry sends the same answer again, which
 * changes nothing.
 *
 * A question may have ended since: by its countdown, or because another trigger came. Where the member asks again about
 * the same plan, the next look sends the answer once more.
 *
 * An approved member plans again. With hundreds of them each gets a turn to read, as at Claim.
 */
export function createDeliver({ storms, questions, reply, turnsFrom }: Delivering): Deliver {
  return async (id, member, answer, begun) => {
    const { target, execution, question, answered } = member;
    const open = await questions.of(target, execution);
    if (open === null || question === undefined || open.about.plan !== question.plan) return;
    const isMarked = answered?.list === answer.list && answered.again === answer.again;
    if (!isMarked && !(await storms.answerMember(id, member, answer))) return;
    const { as, by, at } = answer;
    const turn =
      as === 'approved'
        ? await turnsFrom(begun).of(readsOf(readTarget(target).kind), 'before-write')
        : undefined;
    await reply(open.token, {
      ...{ answer: as, by, at, plan: question.plan },
      ...(turn !== undefined && { turn }),
    });
  };
}
