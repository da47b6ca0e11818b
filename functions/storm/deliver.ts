import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { ManyTurns } from '../../src/lambda/turns.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Turn } from '../../src/rollback/turn.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { Member, MemberAnswer } from '../../src/rollback/storm/member.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface Delivering {
  readonly storms: Pick<Storms, 'answerMember'>;
  readonly questions: Questions;
  readonly reply: Reply;
  /** Returns the turns of one call, which all count from its begin. */
  readonly turnsFrom: (at: Instant) => ManyTurns;
}

/** An answer, and the member that it is for. */
export interface Delivery {
  readonly member: Member;
  readonly answer: MemberAnswer;
}

/** Sends answers to members. A failed one does not stop the others. `begun`: when the call began that sends them. */
export type Deliver = (id: string, deliveries: readonly Delivery[], begun: Instant) => Promise<void>;

/** Members that are answered at once. */
const AT_A_TIME = 10;

/**
 * Sends an answer to the question of each member, bound to the plan that was listed: it is an approval like any other.
 * Marks the member first, so that of two answers at once only one reaches it. A retry sends the same answer again, which
 * changes nothing.
 *
 * All that are approved plan once more. They get turns for their reads, as Claim gives them: hundreds of plans at once
 * would only be throttled.
 *
 * A question may have ended since: by its countdown, or because another trigger came. Where the member asks again about
 * the same plan, the next look sends the answer once more.
 */
export function createDeliver({ storms, questions, reply, turnsFrom }: Delivering): Deliver {
  const deliverOne = async (id: string, { member, answer }: Delivery, turn: Turn | undefined) => {
    const { target, execution, question, answered } = member;
    const open = await questions.of(target, execution);
    if (open === null || question === undefined || open.about.plan !== question.plan) return;
    const isMarked = answered?.list === answer.list && answered.again === answer.again;
    if (!isMarked && !(await storms.answerMember(id, member, answer))) return;
    const { as, by, at } = answer;
    const given = { answer: as, by, at, plan: question.plan };
    await reply(open.token, { ...given, ...(turn !== undefined && { turn }) });
  };
  return async (id, deliveries, begun) => {
    const turns = await turnsOf(deliveries, turnsFrom(begun));
    await eachOf(deliveries, (one) => deliverOne(id, one, turns.get(one.member)), AT_A_TIME);
  };
}

/** Returns the turns of those that go back, kind by kind. Absent: at once. */
async function turnsOf(
  deliveries: readonly Delivery[],
  turns: ManyTurns,
): Promise<ReadonlyMap<Member, Turn>> {
  const back = deliveries.filter(({ answer }) => answer.as === 'approved');
  const byKind = Map.groupBy(back, ({ member }) => readTarget(member.target).kind);
  const found = new Map<Member, Turn>();
  for (const [kind, some] of byKind) {
    const { plan, revert } = readsOf(kind);
    const each = await turns.ofEach([...plan, ...revert], 'before-write', some.length);
    for (const [index, { member }] of some.entries()) {
      const turn = each[index];
      if (turn !== undefined) found.set(member, turn);
    }
  }
  return found;
}
