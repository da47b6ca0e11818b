import {
  GetCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './write.ts';

/** A stored item. Only this folder's adapters write the tables, so an item has the shape that they wrote. */
export type Item = Readonly<Record<string, unknown>> & Key;

/** Reads one item, strongly consistent, or null. */
export async function readItem(
  client: DynamoDBDocumentClient,
  table: string,
  key: Key,
): Promise<Item | null> {
  const { Item: item } = await client.send(
    new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
  );
  return item === undefined ? null : (item as Item);
}

/** Reads all pages of a query, or the first `limit` items. */
export async function queryItems(
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
  limit = Infinity,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let from = query.ExclusiveStartKey;
  do {
    const room = Number.isFinite(limit) ? { Limit: limit - found.length } : {};
    const page = await client.send(new QueryCommand({ ...query, ...room, ExclusiveStartKey: from }));
    found.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && found.length < limit);
  return found;
}
