import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Member, MemberAnswer } from '../../src/rollback/storm/member.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface Delivering {
  readonly storms: Pick<Storms, 'answerMember'>;
  readonly questions: Questions;
  readonly reply: Reply;
  readonly turns: Turns;
}

/** Sends an answer to one member. */
export type Deliver = (id: string, member: Member, answer: MemberAnswer) => Promise<void>;

/**
 * Sends an answer to the question of a member, bound to the plan that was listed: it is an approval like any other. Marks
 * the member first, so that of two answers at once only one reaches it. A retry sends the same answer again, which
 * changes nothing.
 *
 * All that are approved plan once more. Each gets a turn for its reads, as Claim gives it: hundreds of plans at once would
 * only be throttled.
 *
 * A question may have ended since: by its countdown, or because another trigger came. Where the member asks again about
 * the same plan, the next look sends the answer once more.
 */
export function createDeliver({ storms, questions, reply, turns }: Delivering): Deliver {
  return async (id, member, answer) => {
    const { target, execution, question, answered } = member;
    const open = await questions.of(target, execution);
    if (open === null || question === undefined || open.about.plan !== question.plan) return;
    const isMarked = answered?.list === answer.list && answered.again === answer.again;
    if (!isMarked && !(await storms.answerMember(id, member, answer))) return;
    const { as, by, at } = answer;
    const { kind } = readTarget(target);
    const turn = as === 'approved' ? await turns.of(readsOf(kind), 'before-write') : undefined;
    const given = { answer: as, by, at, plan: question.plan };
    await reply(open.token, { ...given, ...(turn !== undefined && { turn }) });
  };
}
