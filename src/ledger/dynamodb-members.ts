import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import type { Member, MemberAnswer, MemberQuestion } from '../rollback/storm/member.ts';
import { keepUntil, sortable } from './keep.ts';
import { queryItems, type Item } from './read.ts';
import { memberKey, MEMBER_DAYS, shardKey, SHARDS } from './storm-keys.ts';
import type { Held, Page, Storms } from './storms.ts';
import { writeIf, type Write } from './write.ts';

type Members = Pick<
  Storms,
  'judged' | 'asks' | 'ended' | 'members' | 'page' | 'list' | 'answerMember' | 'leaveOut'
>;

/**
 * A write may complete long after its function gave it up. It must reopen no rollback that has ended, and replace none
 * of a later alarm. The first write creates the item.
 */
const isCurrent = [
  'attribute_not_exists(#execution)',
  '(#execution = :execution AND attribute_not_exists(#endedAt))',
  '(#execution <> :execution AND #at <= :at)',
].join(' OR ');

const waits = '#state = :waiting AND #question.#plan = :plan';

/** Reads all members of a storm. Action used: dynamodb:Query. */
export async function readMembers(
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
): Promise<readonly Member[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => queryItems(client, queryFor(table, id, shard))),
  );
  return shards.flat().map(toMember);
}

/** The targets of a storm, one item each. Actions used: dynamodb:UpdateItem, dynamodb:Query. */
export function createMembers(client: DynamoDBDocumentClient, table: string): Members {
  const write = (one: Write) => writeIf(client, table, one);
  return {
    async judged(held, brought, goesBack, now) {
      await write({
        key: keyOf(held),
        set: { ...standing(held, now), ...brought, ...(goesBack && { state: 'going-back' }) },
        ...(!goesBack && { setOnce: { state: 'judging' } }),
        remove: ['endedAt'],
        when: isCurrent,
      });
    },
    async asks(held, question, brought, now) {
      const asked = { ...standing(held, now), ...brought, question, state: 'waiting' };
      const { plan, frozen } = question;
      const remove = ['endedAt'];
      const isSame = `#question.#plan = :plan${frozen === true ? ' AND #question.#frozen = :frozen' : ''}`;
      const values = { plan, ...(frozen === true && { frozen }) };
      if (await write({ key: keyOf(held), set: asked, remove, when: `${isSame} AND (${isCurrent})`, values }))
        return;
      const anew = [...remove, 'listed', 'answered', 'leftOut', 'agreed'];
      await write({ key: keyOf(held), set: asked, remove: anew, when: isCurrent });
    },
    async ended(held, state, now) {
      const set = { state, endedAt: sortable(now) };
      const { execution } = held;
      await write({ key: keyOf(held), set, when: '#execution = :execution', values: { execution } });
    },
    members: (id) => readMembers(client, table, id),
    page: (id, limit, after) => pageOf(client, table, id, limit, after),
    list: (id, member, number) => write(asListed(id, member, number)),
    answerMember: (id, member, answer) => write(asAnswered(id, member, answer)),
    async leaveOut(id, { target, question }, list, why, agreed) {
      await write({
        key: memberKey(id, target),
        set: { leftOut: { list, why }, ...(agreed !== undefined && { agreed }) },
        remove: ['listed'],
        when: waits,
        values: waiting(question),
      });
    },
  };
}

function keyOf({ storm, target }: Omit<Held, 'at'>) {
  return memberKey(storm.id, target);
}

function standing({ at, execution, storm: { role } }: Held, now: Instant) {
  return { at: sortable(at), execution, role, ...keepUntil(now, MEMBER_DAYS) };
}

function waiting(question: MemberQuestion | undefined) {
  return { waiting: 'waiting', plan: question?.plan ?? '' };
}

/** Lists a member again only as it was read: two lists at once must not both have it. */
function asListed(id: string, { target, question, listed: was }: Member, number: number): Write {
  const isAsRead = was === undefined ? 'attribute_not_exists(#listed)' : '#listed = :was';
  return {
    key: memberKey(id, target),
    set: { listed: number },
    remove: ['answered'],
    when: `${waits} AND ${isAsRead}`,
    values: { ...waiting(question), ...(was !== undefined && { was }) },
  };
}

/** A member that a further list took in since gets the answer to that list. */
function asAnswered(id: string, { target, question, listed = 0 }: Member, answered: MemberAnswer): Write {
  const write = { key: memberKey(id, target), set: { answered, state: 'answered' } };
  if (answered.again === true) return { ...write, when: waits, values: waiting(question) };
  const when = `${waits} AND #listed = :listed AND attribute_not_exists(#answered)`;
  return { ...write, when, values: { ...waiting(question), listed } };
}

function queryFor(table: string, id: string, shard: number) {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#target = :shard',
    ExpressionAttributeNames: { '#target': 'target' },
    ExpressionAttributeValues: { ':shard': shardKey(id, shard) },
  };
}

/** Reads shard by shard. `after` is `3 ecs:prod/checkout`: the shard, and the last target of it that was read. */
async function pageOf(
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  limit: number,
  after = '0 ',
): Promise<Page> {
  const members: Member[] = [];
  let last = after.slice(after.indexOf(' ') + 1);
  for (let shard = Number.parseInt(after, 10); shard < SHARDS; shard++) {
    const from = last === '' ? {} : { ExclusiveStartKey: { target: shardKey(id, shard), item: last } };
    const query = { ...queryFor(table, id, shard), ...from };
    members.push(...(await queryItems(client, query, limit - members.length)).map(toMember));
    const end = members.at(-1);
    if (members.length >= limit && end !== undefined) return { members, next: `${shard} ${end.target}` };
    last = '';
  }
  return { members };
}

function toMember({ item: target, target: _, ...attributes }: Item): Member {
  return { deploys: [], ...(attributes as unknown as Omit<Member, 'target' | 'deploys'>), target };
}
