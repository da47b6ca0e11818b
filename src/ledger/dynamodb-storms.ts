import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StormAnswer } from '../rollback/storm/member.ts';
import { createArrivals } from './dynamodb-arrivals.ts';
import { createMembers } from './dynamodb-members.ts';
import { keepUntil, RECORD_DAYS, sortable } from './keep.ts';
import { queryItems, readItem, type Item } from './read.ts';
import { listKey, STORMS, stormKey } from './storm-keys.ts';
import type { Answered, Storm, StormList, Storms } from './storms.ts';
import { writeIf, type Write } from './write.ts';

const isThere = 'attribute_exists(#since)';

/** The storms in the claims' table. Actions used: dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:Query. */
export function createStorms(client: DynamoDBDocumentClient, table: string): Storms {
  const write = (one: Write) => writeIf(client, table, one);
  const read = async (id: string) => {
    const item = await readItem(client, table, stormKey(id));
    return item === null ? null : toStorm(item);
  };
  const listOf = async (id: string, digest: string) => {
    const item = await readItem(client, table, listKey(id, digest));
    return item === null ? null : ({ ...item, digest } as unknown as StormList);
  };
  return {
    ...createArrivals(client, table),
    ...createMembers(client, table),
    read,
    listOf,
    async open(id, since, now) {
      const set = { since: sortable(since), generation: 1, number: 0, ...keepUntil(now, RECORD_DAYS) };
      await write({ key: stormKey(id), set, when: 'attribute_not_exists(#since)' });
      return (await read(id)) ?? { id, since, generation: 1, number: 0 };
    },
    async unended(limit) {
      return (await queryItems(client, queryFor(table), limit)).map(toStorm);
    },
    async seen(id, generation, now) {
      const set = { seenAt: sortable(now) };
      const when = '#generation = :generation';
      await write({ key: stormKey(id), set, remove: ['endedAt'], when, values: { generation } });
    },
    endGeneration: (id, was, endedAt) =>
      write({
        key: stormKey(id),
        set: { generation: was + 1, ...(endedAt !== undefined && { endedAt: sortable(endedAt) }) },
        remove: ['seenAt'],
        when: '#generation = :was',
        values: { was },
      }),
    async publishList(id, { digest, number, at }) {
      const set = { number, at, ...keepUntil(at, RECORD_DAYS) };
      const when = 'attribute_not_exists(#number)';
      await write({ key: listKey(id, digest), set, when });
      await write({ key: stormKey(id), set: { number, list: digest }, when: isThere });
    },
    answer: (id, answer) => takeAnswer(write, listOf, read, id, answer),
    async answerDone(id, list) {
      const { answered } = (await read(id)) ?? {};
      if (answered?.list !== list) return;
      const when = '#answered.#list = :list';
      await write({
        key: stormKey(id),
        set: { answered: { ...answered, done: true } },
        when,
        values: { list },
      });
    },
    async show(id, shown, list) {
      const remove = list === undefined ? ['list'] : [];
      await write({ key: stormKey(id), set: { shown }, remove, when: isThere });
    },
  };
}

/** The list has one answer. The storm has the last one, for its next summary. */
async function takeAnswer(
  write: (one: Write) => Promise<boolean>,
  listOf: Storms['listOf'],
  read: Storms['read'],
  id: string,
  answer: StormAnswer,
): Promise<Answered> {
  const list = await listOf(id, answer.list);
  const storm = await read(id);
  if (list === null || storm === null) return { is: 'unknown' };
  if (list.answer !== undefined && !isSame(list.answer, answer))
    return { is: 'answered', answer: list.answer };
  if (list.answer === undefined && storm.answered !== undefined && storm.answered.number >= list.number)
    return { is: 'answered', answer: storm.answered };
  const { number } = list;
  const when = 'attribute_not_exists(#answer)';
  const key = listKey(id, answer.list);
  if (list.answer === undefined && !(await write({ key, set: { answer }, when })))
    return takeAnswer(write, listOf, read, id, answer);
  const isNewest = 'attribute_not_exists(#answered) OR #answered.#number < :number';
  await write({
    key: stormKey(id),
    set: { answered: { ...(list.answer ?? answer), number } },
    when: `${isThere} AND (${isNewest})`,
    values: { number },
  });
  return { is: 'taken', number };
}

/** A retry has the time of its own attempt. */
function isSame(one: StormAnswer, other: StormAnswer): boolean {
  return one.choice === other.choice && one.by === other.by;
}

function queryFor(table: string) {
  return {
    TableName: table,
    ScanIndexForward: false,
    KeyConditionExpression: '#target = :storms',
    FilterExpression: 'attribute_not_exists(#endedAt)',
    ExpressionAttributeNames: { '#target': 'target', '#endedAt': 'endedAt' },
    ExpressionAttributeValues: { ':storms': STORMS },
  };
}

function toStorm({ item: id, target: _, ...attributes }: Item): Storm {
  return { ...(attributes as unknown as Omit<Storm, 'id'>), id };
}
