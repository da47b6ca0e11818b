import type { Questions } from '../../src/approvals/questions.ts';
import type { Reply } from '../../src/approvals/reply.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { Turns } from '../../src/lambda/turns.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import type { Take, Turn } from '../../src/rollback/turn.ts';
import type { Member, MemberAnswer } from '../../src/rollback/storm/member.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';

export interface Delivering {
  readonly storms: Pick<Storms, 'answerMember'>;
  readonly questions: Questions;
  readonly reply: Reply;
  readonly turns: Turns;
}

/** An answer, and the member that it is for. */
export interface Delivery {
  readonly member: Member;
  readonly answer: MemberAnswer;
}

/** Sends answers to members. A failed one does not stop the others. */
export type Deliver = (id: string, deliveries: readonly Delivery[]) => Promise<void>;

/** Members that are answered at once. They share a turn. */
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
export function createDeliver({ storms, questions, reply, turns }: Delivering): Deliver {
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
  return async (id, deliveries) =>
    eachOf(
      groupsOf(deliveries),
      async ({ takes, group }) => {
        const turn = takes.length === 0 ? undefined : await turns.of(takes, 'before-write');
        await eachOf(group, (one) => deliverOne(id, one, turn), AT_A_TIME);
      },
      1,
    );
}

interface Group {
  /** The reads of all plans of the group. */
  readonly takes: readonly Take[];
  readonly group: readonly Delivery[];
}

/** Groups members of one kind. Those that are denied read nothing. */
function groupsOf(deliveries: readonly Delivery[]): readonly Group[] {
  const byKind = Map.groupBy(deliveries, ({ member, answer }) =>
    answer.as === 'approved' ? readTarget(member.target).kind : '',
  );
  return [...byKind].flatMap(([kind, all]) =>
    Array.from({ length: Math.ceil(all.length / AT_A_TIME) }, (_, index) => {
      const group = all.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME);
      const takes = readsOf(kind).map(({ quota, calls }) => ({ quota, calls: calls * group.length }));
      return { takes, group };
    }),
  );
}
