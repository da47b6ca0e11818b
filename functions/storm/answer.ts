import { eachOf } from '../../src/aws/each.ts';
import type { Detail } from '../../src/events/details.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { ManyTurns } from '../../src/lambda/turns.ts';
import type { Storm, StormList, Storms } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { replyTo } from '../../src/rollback/storm/listing.ts';
import type { LeftOut, Member, MemberAnswer, StormAnswer } from '../../src/rollback/storm/member.ts';
import type { Turn } from '../../src/rollback/turn.ts';
import type { May } from '../../src/slack/door.ts';
import { readsOf, readTarget } from '../../src/targets/target.ts';
import type { Deliver } from './deliver.ts';

export interface Answering {
  readonly storms: Pick<Storms, 'read' | 'listOf' | 'page' | 'leaveOut' | 'answerDone' | 'show'>;
  readonly emitter: Emitter;
  readonly deliver: Deliver;
  /** Slack's access rules. */
  readonly may: May;
  /** Returns the turns of one call, which all count from its begin. */
  readonly turnsFrom: (at: Instant) => ManyTurns;
}

export interface Send {
  readonly storm: string;
  readonly list: string;
  /** Where the page before ended. Empty: this is the first. */
  readonly after: string;
}

/** How far an answer was sent. Without `after` it was sent to all. */
export type Sent = Pick<Send, 'storm' | 'list'> & { readonly after?: string };

/**
 * Members of one call. Step Functions takes a burst of 1,500 answers, and 300 a second, in the smaller Regions.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const PAGE_SIZE = 150;

const AT_A_TIME = 10;

/** The prefix of people in Slack. */
const IN_SLACK = 'slack:';

/**
 * Sends an answer to the members of its list, a page a call. The state machine keeps the place, so that a call that
 * fails or times out is made again and repeats one page only. A person in Slack reaches only targets that the access
 * rules allow; the policy of the bus has allowed everybody else.
 */
export function answer(answering: Answering, now: () => Instant) {
  const { storms } = answering;
  return async ({ storm: id, list, after }: Send): Promise<Sent> => {
    const of = { storm: id, list };
    const begun = now();
    const [storm, asked] = [await storms.read(id), await storms.listOf(id, list)];
    if (storm === null || asked?.answer === undefined) return of;
    if (after === '') await publishTaken(storm, asked.answer, answering, begun);
    const { members, next } = await storms.page(id, PAGE_SIZE, after === '' ? undefined : after);
    await answerAll(id, members, { ...asked, answer: asked.answer }, begun, answering);
    if (next !== undefined) return { ...of, after: next };
    await storms.answerDone(id, list);
    logger.info('storm answered', { storm: id, ...asked.answer });
    return of;
  };
}

/** What is to be sent to a member. `leaveOut`: why it is left out instead. */
type Sending = { readonly member: Member } & (
  { readonly answer: MemberAnswer } | { readonly leaveOut: LeftOut; readonly agreed: string | undefined }
);

type Answered = StormList & { readonly answer: StormAnswer };

/**
 * Answers the members of a page. Those that go back plan again, hundreds at once, so each gets a turn to read, as at
 * Claim.
 */
async function answerAll(
  id: string,
  members: readonly Member[],
  asked: Answered,
  begun: Instant,
  answering: Answering,
): Promise<void> {
  const { storms, deliver, turnsFrom } = answering;
  const found = await Promise.all(members.map((member) => sendingTo(member, asked, answering)));
  const sendings = found.filter((one) => one !== null);
  const turns = await turnsOf(sendings, turnsFrom(begun));
  const send = async (sending: Sending) => {
    const { member } = sending;
    if ('answer' in sending) await deliver(id, member, sending.answer, turns.get(member));
    else await storms.leaveOut(id, member, asked.digest, sending.leaveOut, sending.agreed);
  };
  await eachOf(sendings, send, AT_A_TIME);
}

/** Returns what is to be sent to a member, or null: it is not on the list, or has gone on since. */
async function sendingTo(
  member: Member,
  { digest: list, number, answer: given }: Answered,
  { may }: Answering,
): Promise<Sending | null> {
  const { state, listed, answered, target } = member;
  if (state === 'answered' && answered?.list === list) return { member, answer: answered };
  if (state !== 'waiting' || answered !== undefined || listed === undefined || listed > number) return null;
  const { by } = given;
  const mayTouch = !by.startsWith(IN_SLACK) || (await may(by.slice(IN_SLACK.length), target));
  const reply = replyTo(member, given, mayTouch);
  return 'leftOut' in reply
    ? { member, leaveOut: reply.leftOut, agreed: reply.agreed }
    : { member, answer: { ...given, as: reply.as } };
}

/** Returns the turns of those that go back, kind by kind. Absent: at once. */
async function turnsOf(sendings: readonly Sending[], turns: ManyTurns): Promise<ReadonlyMap<Member, Turn>> {
  const back = sendings.filter((one) => 'answer' in one && one.answer.as === 'approved');
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

/** Publishes at once who answered, and that nothing is asked any more: the next look counts what became of it. */
async function publishTaken(
  { id, list, shown }: Storm,
  { choice, by, at: answeredAt, list: answered }: StormAnswer,
  { storms, emitter }: Answering,
  at: Instant,
): Promise<void> {
  if (shown === undefined || list !== answered) return;
  const leftOut = { forbidden: 0, twoPeople: 0 };
  const detail = {
    ...withoutList(shown as Shown),
    at,
    state: 'answered' as const,
    choices: { all: 0, own: 0 },
    answer: { choice, by, at: answeredAt, list: answered, targets: 0, leftOut },
  };
  await emitter.emit('Rollback Storm Updated', detail);
  await storms.show(id, detail, undefined);
}

type Shown = Detail<'Rollback Storm Updated'>;

function withoutList({ list: _, answerBy: __, ...shown }: Shown): Omit<Shown, 'list' | 'answerBy'> {
  return shown;
}
