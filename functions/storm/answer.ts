import { eachOf } from '../../src/aws/each.ts';
import type { Detail } from '../../src/events/details.ts';
import type { ReadPause } from '../../src/aws/pause.ts';
import type { Emitter } from '../../src/events/emit.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Tend } from '../../src/lambda/storms.ts';
import type { Storm, Storms } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { isAbout, replyTo, waitingAmong } from '../../src/rollback/storm/listing.ts';
import type { Member, StormAnswer, TakenAnswer } from '../../src/rollback/storm/member.ts';
import { isAfter } from '../../src/rollback/time.ts';
import type { May } from '../../src/slack/door.ts';
import type { Deliver, Delivery } from './deliver.ts';
import { publish } from './publish.ts';

export interface Answering {
  readonly storms: Pick<Storms, 'read' | 'members' | 'page' | 'leaveOut' | 'answerDone' | 'show'>;
  readonly emitter: Emitter;
  readonly readPause: ReadPause;
  readonly deliver: Deliver;
  /** Makes sure that an execution looks at the storm. */
  readonly tend: Tend;
  /** Slack's access rules. */
  readonly may: May;
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
  const { storms, deliver, tend } = answering;
  return async ({ storm: id, list, after }: Send): Promise<Sent> => {
    const of = { storm: id, list };
    const begun = now();
    const storm = await storms.read(id);
    const given = storm?.answers.find((one) => one.list === list);
    if (storm === null || given === undefined) return of;
    if (after === '') await publishTaken(storm, given, answering, begun);
    const { members, next } = await storms.page(id, PAGE_SIZE, after === '' ? undefined : after);
    const found: Delivery[] = [];
    const collect = async (member: Member) => {
      const delivery = await deliveryTo(id, member, given, answering);
      if (delivery !== null) found.push(delivery);
    };
    await eachOf(members, collect, AT_A_TIME);
    await deliver(id, found, begun);
    if (next !== undefined) return { ...of, after: next };
    await storms.answerDone(id, list);
    logger.info('storm answered', { storm: id, ...given });
    await publishSent(id, answering, now());
    await tend(id, storm.since);
    return of;
  };
}

/** Returns what a member is to get. Null: nothing, because the answer leaves it out or is not about it. */
async function deliveryTo(
  id: string,
  member: Member,
  given: TakenAnswer,
  { storms, may }: Answering,
): Promise<Delivery | null> {
  const { state, answered, target } = member;
  const { choice, by, at, list } = given;
  if (state === 'answered' && answered?.list === list) return { member, answer: answered };
  if (state !== 'waiting' || answered !== undefined || !isAbout(given, member)) return null;
  const mayTouch = !by.startsWith(IN_SLACK) || (await may(by.slice(IN_SLACK.length), target));
  const reply = replyTo(member, given, mayTouch);
  if (!('leftOut' in reply)) return { member, answer: { choice, by, at, list, as: reply.as } };
  await storms.leaveOut(id, member, list, reply.leftOut, reply.agreed);
  return null;
}

/** Publishes what became of the targets that an answer reached. The next look may be a minute away. */
async function publishSent(id: string, answering: Answering, at: Instant): Promise<void> {
  const storm = await answering.storms.read(id);
  if (storm === null) return;
  const members = (await answering.storms.members(id)).filter((one) => !isAfter(storm.since, one.at));
  const { listed } = waitingAmong(members, storm.answers);
  const digest = listed.length > 0 ? storm.list : undefined;
  await publish(storm, { members, listed, ...(digest !== undefined && { digest }) }, answering, at);
}

/** Publishes at once who answered, for how many targets, and that nothing is asked any more. */
async function publishTaken(
  { id, list, shown }: Storm,
  { choice, by, at: answeredAt, list: answered }: StormAnswer,
  { storms, emitter }: Answering,
  at: Instant,
): Promise<void> {
  if (shown === undefined || list !== answered) return;
  const leftOut = { forbidden: 0, twoPeople: 0 };
  const { choices } = shown as Shown;
  const targets = choice === 'own' ? choices.own : choices.all;
  const detail = {
    ...withoutList(shown as Shown),
    at,
    state: 'answered' as const,
    choices: { all: 0, own: 0 },
    answer: { choice, by, at: answeredAt, list: answered, targets, leftOut },
  };
  await emitter.emit('Rollback Storm Updated', detail);
  await storms.show(id, detail, undefined);
}

type Shown = Detail<'Rollback Storm Updated'>;

function withoutList({ list: _, answerBy: __, ...shown }: Shown): Omit<Shown, 'list' | 'answerBy'> {
  return shown;
}
