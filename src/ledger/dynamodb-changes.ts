import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { CHANGE_HOURS, MAX_CHANGES_READ, KeptChange, type Changes } from './changes.ts';
import { keepUntil, sortable } from './keep.ts';
import { writeIf } from './write.ts';

/** The partition of all changes. No target has this name, because a target has a colon. */
const PARTITION = 'changes';

const isNew = 'attribute_not_exists(#item)';

/** The changes, in the ledger's table. Actions used: dynamodb:UpdateItem to keep, dynamodb:Query to read. */
export function createChanges(client: DynamoDBDocumentClient, table: string): Changes {
  return {
    keep: async (id, { at, kind, subject, aliases }) => {
      await writeIf(client, table, {
        key: { target: PARTITION, item: `${sortable(at)}#${id}` },
        set: { at: sortable(at), kind, subject, aliases, ...keepUntil(at, CHANGE_HOURS / 24) },
        when: isNew,
      });
    },
    lately: async (now) => {
      const { Items = [] } = await client.send(queryFor(table, now));
      return Items.map((item) => KeptChange.parse(item));
    },
  };
}

/**
 * Reads one page of up to a megabyte, newest first. Filters by time, because DynamoDB deletes expired items days late.
 */
function queryFor(table: string, now: Instant): QueryCommand {
  return new QueryCommand({
    TableName: table,
    KeyConditionExpression: '#target = :changes AND #item >= :since',
    ExpressionAttributeNames: { '#target': 'target', '#item': 'item' },
    ExpressionAttributeValues: { ':changes': PARTITION, ':since': after(now, -CHANGE_HOURS * 3600) },
    ScanIndexForward: false,
    Limit: MAX_CHANGES_READ,
  });
}
