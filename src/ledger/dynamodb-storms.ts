import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StormAnswer, TakenAnswer } from '../rollback/storm/member.ts';
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
    if (item === null) return null;
    const answer = (await read(id))?.answers.find(({ list }) => list === digest);
    const list = { ...item, digest } as unknown as Omit<StormList, 'answer'>;
    return answer === undefined ? list : { ...list, answer };
  };
  return {
    ...createArrivals(client, table),
    ...createMembers(client, table),
    read,
    listOf,
    async open(id, since, now) {
      const set = { since: sortable(since), generation: 1, number: 0, ...keepUntil(now, RECORD_DAYS) };
      await write({ key: stormKey(id), set, when: 'attribute_not_exists(#since)' });
      return (await read(id)) ?? { id, since, generation: 1, number: 0, answers: [] };
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
      const answer = (await read(id))?.answers.find((one) => one.list === list);
      if (answer === undefined || answer.done === true) return;
      await write({ key: stormKey(id), append: { sent: list }, when: isThere });
    },
    async show(id, shown, list) {
      const remove = list === undefined ? ['list'] : [];
      await write({ key: stormKey(id), set: { shown }, remove, when: isThere });
    },
  };
}

/**
 * Takes an answer in one conditional write of the storm, so that two answers at once never share a member. Everything
 * that sends it reads it there: a crash after this write loses nothing.
 */
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
  const { number } = list;
  const { answers } = storm;
  const before = answers.find((one) => one.list === answer.list);
  if (before !== undefined)
    return isSame(before, answer) ? { is: 'taken', number } : { is: 'answered', answer: before };
  const last = answers.at(-1);
  if (last !== undefined && last.number >= number) return { is: 'answered', answer: last };
  const taken: TakenAnswer = { ...answer, number, from: last?.number ?? 0 };
  const isTaken = await write({
    key: stormKey(id),
    append: { answers: taken },
    ...(last === undefined
      ? { when: `${isThere} AND attribute_not_exists(#answers)` }
      : { when: 'size(#answers) = :count', values: { count: answers.length } }),
  });
  return isTaken ? { is: 'taken', number } : takeAnswer(write, listOf, read, id, answer);
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

/** `sent` has the lists whose answers are done: two executions append to it without reading the other's. */
function toStorm({ item: id, target: _, answers = [], sent = [], ...attributes }: Item): Storm {
  const done = sent as readonly string[];
  return {
    ...(attributes as unknown as Omit<Storm, 'id' | 'answers'>),
    id,
    answers: (answers as readonly TakenAnswer[]).map((one) =>
      done.includes(one.list) ? { ...one, done: true } : one,
    ),
  };
}
