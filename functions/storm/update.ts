import { listDigest } from '../../src/approvals/list-digest.ts';
import type { ReadPause } from '../../src/aws/pause.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { Emitter } from '../../src/events/emit.ts';
import type { SendAnswer, Tend } from '../../src/lambda/storms.ts';
import type { Storm, Storms } from '../../src/ledger/storms.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { waitingAmong } from '../../src/rollback/storm/listing.ts';
import type { Member } from '../../src/rollback/storm/member.ts';
import { isOpen } from '../../src/rollback/storm/summary.ts';
import { isAfter, secondsBetween } from '../../src/rollback/time.ts';
import { dueIn, GATHERING_SECONDS, isGathering, isOverAt, MAX_EXECUTION_SECONDS } from './deadlines.ts';
import type { Deliver } from './deliver.ts';
import { publish, type Asked } from './publish.ts';

export interface Updating {
  readonly storms: Storms;
  readonly emitter: Emitter;
  readonly readPause: ReadPause;
  readonly deliver: Deliver;
  /** Reads the end of a rollback that did not tell its storm of it. Null: it has not ended. */
  readonly endOf: (member: Member) => Promise<Member['state'] | null>;
  readonly tend: Tend;
  readonly sendAnswer: SendAnswer;
}

export interface Update {
  readonly storm: string;
  readonly generation: number;
  /** When the execution started. */
  readonly startedAt: Instant;
}

/** The document of the state machine: it looks again after `seconds`. Absent: it ends. */
export type Next = Pick<Update, 'storm' | 'generation'> & { readonly seconds?: number };

/** DynamoDB takes far more, and a Lambda has time for some thousand. */
const WRITES_AT_A_TIME = 25;

/** The most rollbacks whose ends are read in one look. */
const MAX_OVERDUE = 25;

/**
 * An answer has an execution of its own, which takes some seconds for hundreds of targets. After this time without an
 * end, another one sends what is left. Two at once do no harm, because each target is marked before it is answered.
 */
const SENDING_SECONDS = 120;

/**
 * Looks at a storm: lists the members that have asked since, and publishes what has changed. While targets still join, it
 * asks nothing. Ends when all rollbacks have ended, or when none may be waited for any more. One execution at a time looks
 * at a storm, so each list has a number of its own.
 */
export function update(updating: Updating, now: () => Instant) {
  const { storms } = updating;
  return async ({ storm: id, generation, startedAt }: Update): Promise<Next> => {
    const storm = await storms.read(id);
    const ended = { storm: id, generation };
    if (storm?.generation !== generation) return ended;
    const at = now();
    await storms.seen(id, generation, at);
    const members = await membersOf(storm, updating, at);
    const isOver = isOverAt(members, at);
    const gathers = !isOver && isGathering(storm, members, at);
    const asked = gathers ? NOTHING : await list(storm, members, updating, at);
    await publish(storm, { members, ...asked, isOver, isGathering: gathers }, updating, at);
    await resend(storm, updating, at);
    if (isOver || !members.some(isOpen)) await end(storm, isOver, updating, at);
    else if (secondsBetween(startedAt, at) > MAX_EXECUTION_SECONDS) await handOver(storm, updating);
    else return { ...ended, seconds: gathers ? GATHERING_SECONDS : dueIn(members, startedAt, at) };
    return ended;
  };
}

/** Sends each answer again that was taken and has not reached all of its list. */
async function resend({ id, answers }: Storm, { sendAnswer }: Updating, at: Instant): Promise<void> {
  for (const { list, at: answeredAt, done } of answers) {
    const attempt = Math.floor(secondsBetween(answeredAt, at) / SENDING_SECONDS);
    if (done !== true && attempt > 0) await sendAnswer(id, list, attempt);
  }
}

/** Reads the targets. Asks the records of those whose rollbacks should have ended, because a crash tells no storm. */
async function membersOf({ id, since }: Storm, updating: Updating, at: Instant): Promise<readonly Member[]> {
  const { storms, endOf } = updating;
  // Earlier alarms gathered under the same id before the storm began.
  const members = (await storms.members(id)).filter((one) => !isAfter(since, one.at));
  const ends = new Map<string, Member['state']>();
  const overdue = members.filter((one) => isOverdue(one, at)).slice(0, MAX_OVERDUE);
  await eachOf(overdue, async (member) => {
    const state = await endOf(member);
    if (state === null) return;
    ends.set(member.target, state);
    await storms.ended({ ...member, storm: { id, role: member.role, since } }, state, at);
  });
  return members.map((one) => ({ ...one, state: ends.get(one.target) ?? one.state }));
}

function isOverdue(member: Member, at: Instant): boolean {
  const { state, question } = member;
  return isOpen(member) && question !== undefined && state === 'waiting' && isAfter(at, question.answerBy);
}

const NOTHING: Asked = { listed: [] };

/**
 * Returns the listed members, those of a new list included. Sends what is owed first. A look may fail after it has marked
 * members, and the next one publishes their list.
 */
async function list(
  { id, number, list: published, answers }: Storm,
  members: readonly Member[],
  { storms, deliver }: Updating,
  at: Instant,
): Promise<Asked> {
  const { listed, unlisted, owed } = waitingAmong(members, answers);
  await deliver(
    id,
    owed.map((member) => ({ member, answer: { ...member.answered, again: true } })),
    at,
  );
  const added: Member[] = [];
  await eachOf(
    unlisted,
    async (member) => {
      if (await storms.list(id, member, number + 1)) added.push(member);
    },
    WRITES_AT_A_TIME,
  );
  const all = [...listed, ...added];
  if (all.length === 0) return NOTHING;
  const isPublished = added.length === 0 && listed.every((one) => (one.listed ?? 0) <= number);
  if (isPublished && published !== undefined) return { listed, digest: published };
  const digest = digestOf(all, number + 1);
  await storms.publishList(id, { digest, number: number + 1, at });
  return { listed: all, digest };
}

/** The number makes the digest of the same plans another one, once an answer has left them out. */
function digestOf(members: readonly Member[], number: number): string {
  const plans = members.map(({ target, execution, question }) => ({
    target,
    execution,
    plan: question?.plan ?? '',
  }));
  return listDigest(plans, number);
}

/** Ends this generation. A member that has asked since the look, and found it seen, gets another one. */
async function end(
  { id, generation, since }: Storm,
  isOver: boolean,
  { storms, tend }: Updating,
  at: Instant,
): Promise<void> {
  await storms.endGeneration(id, generation, at);
  const open = (await storms.members(id)).filter((one) => isOpen(one) && !isAfter(since, one.at));
  if (!isOver && open.length > 0) await tend(id, since);
}

/** Lets another execution go on, because the history of one has an end. */
async function handOver({ id, generation, since }: Storm, { storms, tend }: Updating): Promise<void> {
  await storms.endGeneration(id, generation);
  await tend(id, since);
}
