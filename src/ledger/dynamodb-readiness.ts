import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';
import { queryItems, readItem, type Item } from './read.ts';
import { CHANGE_DAYS, DUE, KNOWN, READINESS } from './readiness-keys.ts';
import type { Kept, Readinesses } from './readinesses.ts';
import { writeIf } from './write.ts';

/** A target that is checked no more is forgotten after that. Daily checks renew it. */
const KEPT_DAYS = 35;

const CURSOR = { target: DUE, item: 'daily' };

const isNewest = 'attribute_not_exists(#at) OR #at < :at OR #execution = :execution';

/**
 * The checks of readiness, in the ledger's table. Actions used: dynamodb:GetItem, dynamodb:Query, dynamodb:UpdateItem. The
 * role of the function readiness may write no other keys (its function.yml).
 */
export function createReadinesses(client: DynamoDBDocumentClient, table: string): Readinesses {
  const inPartition = (partition: string) => itemsIn(client, table, partition);
  return {
    of: async (target) => toKept((await itemsIn(client, table, READINESS, target))[0] ?? null),
    all: async () => (await inPartition(READINESS)).flatMap((item) => toKept(item) ?? []),
    keep: async (kept) => {
      const { target, at, execution, ...rest } = kept;
      const key = { target: READINESS, item: target };
      const set = { ...rest, at: sortable(at), execution, ...keepUntil(at, KEPT_DAYS) };
      const isKept = await writeIf(client, table, { key, set, remove: ['gone'], when: isNewest });
      if (isKept) await mark(client, table, target, at, false);
      return isKept;
    },
    forget: async (target, at) => {
      await mark(client, table, target, at, true);
      const key = { target: READINESS, item: target };
      await writeIf(client, table, { key, set: { gone: true }, when: 'attribute_exists(#item)' });
    },
    known: async () => (await inPartition(KNOWN)).filter(({ gone }) => gone !== true).map(({ item }) => item),
    changed: async (now) =>
      (await changesDue(client, table, now))
        .filter(({ startedAt }) => startedAt === undefined)
        .map(({ item, of }) => ({ target: String(of), change: item })),
    started: async ({ change }, at) => {
      const key = { target: DUE, item: change };
      await writeIf(client, table, { key, set: { startedAt: at }, when: 'attribute_exists(#item)' });
    },
    dailyUntil: async () => {
      const item = await readItem(client, table, CURSOR);
      return item === null ? null : String(item['until']);
    },
    keepDailyUntil: async (until, now) => {
      const set = { until: sortable(until), ...keepUntil(now, KEPT_DAYS) };
      await writeIf(client, table, {
        key: CURSOR,
        set,
        when: 'attribute_not_exists(#until) OR #until < :until',
      });
    },
  };
}

async function mark(
  client: DynamoDBDocumentClient,
  table: string,
  target: string,
  at: Instant,
  gone: boolean,
): Promise<void> {
  const key = { target: KNOWN, item: target };
  const set = { seenAt: sortable(at), gone, ...keepUntil(at, KEPT_DAYS) };
  await writeIf(client, table, { key, set, when: 'attribute_not_exists(#seenAt) OR #seenAt <= :seenAt' });
}

/** Reads a partition, or one item of it. */
function itemsIn(client: DynamoDBDocumentClient, table: string, partition: string, item?: string) {
  const one = item === undefined ? {} : { ':item': item };
  return queryItems(client, {
    TableName: table,
    ConsistentRead: item !== undefined,
    KeyConditionExpression: `#target = :partition${item === undefined ? '' : ' AND #item = :item'}`,
    ExpressionAttributeNames: { '#target': 'target', ...(item !== undefined && { '#item': 'item' }) },
    ExpressionAttributeValues: { ':partition': partition, ...one },
  });
}

/** Reads the changes that became due within the last day. Those before are left to the daily check. */
function changesDue(client: DynamoDBDocumentClient, table: string, now: Instant) {
  return queryItems(client, {
    TableName: table,
    KeyConditionExpression: '#target = :due AND #item BETWEEN :from AND :now',
    ExpressionAttributeNames: { '#target': 'target', '#item': 'item' },
    ExpressionAttributeValues: {
      ':due': DUE,
      ':from': after(now, -CHANGE_DAYS * 86_400),
      ':now': sortable(now),
    },
  });
}

function toKept(item: Item | null): Kept | null {
  if (item === null || item['gone'] === true || item['score'] === undefined) return null;
  const { at, ready, way, estimate, score, trend, findings, execution, past } = item as unknown as Kept;
  return { target: item.item, at, ready, way, estimate, score, trend, findings, execution, past };
}
