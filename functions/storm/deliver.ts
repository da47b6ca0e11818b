import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Member, MemberAnswer } from '../../src/rollback/storm/member.ts';
import type { Turn } from '../../src/rollback/turn.ts';

export interface Delivering {
  readonly storms: Pick<Storms, 'answerMember'>;
  readonly questions: Questions;
  readonly reply: Reply;
}

/** Sends an answer to one member. `turn`: when it may plan again, if it goes back with many others. */
export type Deliver = (id: string, member: Member, answer: MemberAnswer, turn?: Turn) => Promise<void>;

/**
 * Sends an answer to the question of a member, bound to the plan that was listed: it is an approval like any other. Marks
 * the member first, so that of two answers at once only one reaches it. A retry sends the same answer again, which
 * changes nothing.
 *
 * A question may have ended since: by its countdown, or because another trigger came. Where the member asks again about
 * the same plan, the next look sends the answer once more.
 */
export function createDeliver({ storms, questions, reply }: Delivering): Deliver {
  return async (id, member, answer, turn) => {
    const { target, execution, question, answered } = member;
    const open = await questions.of(target, execution);
    if (open === null || question === undefined || open.about.plan !== question.plan) return;
    const isMarked = answered?.list === answer.list && answered.again === answer.again;
    if (!isMarked && !(await storms.answerMember(id, member, answer))) return;
    const { as, by, at } = answer;
    await reply(open.token, {
      ...{ answer: as, by, at, plan: question.plan },
      ...(turn !== undefined && { turn }),
    });
  };
}
