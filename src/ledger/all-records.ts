import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import type { RollbackRecord } from './claims.ts';
import { toRecord } from './dynamodb-records.ts';
import { sortable } from './keep.ts';
import type { Item } from './read.ts';

/**
 * Returns the records of all targets that began at or after an instant, newest first. No index is by time alone, so
 * this reads the whole table. It is for people, never for a rollback. Action used: dynamodb:Scan.
 */
export async function allRecords(
  client: DynamoDBDocumentClient,
  table: string,
  since: Instant,
): Promise<readonly RollbackRecord[]> {
  const found: RollbackRecord[] = [];
  const scan = {
    TableName: table,
    FilterExpression: 'begins_with(#item, :rollback) AND #startedAt >= :since',
    ExpressionAttributeNames: { '#item': 'item', '#startedAt': 'startedAt' },
    ExpressionAttributeValues: { ':rollback': 'rollback#', ':since': sortable(since) },
  };
  for await (const { Items = [] } of paginateScan({ client }, scan))
    found.push(...Items.map((item) => toRecord(item as Item)));
  return found.sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt));
}
