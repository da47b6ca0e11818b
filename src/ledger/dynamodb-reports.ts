import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil, OBSERVED_DAYS, sortable } from './keep.ts';
import { queryItems, type Item } from './read.ts';
import { beganAt, type Report, type ReportedStep, type Reports } from './reports.ts';
import { writeIf, type Write } from './write.ts';

/** Prefix of the sort keys. The ledger's entries have others. */
const PREFIX = 'report#';

/** The reports, in the ledger's table. Actions used: dynamodb:UpdateItem to keep one, dynamodb:Query to read them. */
export function createReports(client: DynamoDBDocumentClient, table: string): Reports {
  return {
    keep: async (step) => {
      await writeIf(client, table, toWrite(step));
    },
    of: async (target) => {
      const items = await queryItems(client, {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: '#target = :target AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#target': 'target', '#item': 'item' },
        ExpressionAttributeValues: { ':target': target, ':prefix': PREFIX },
      });
      return items.map(toReport).toSorted((one, other) => beganAt(other).localeCompare(beganAt(one)));
    },
  };
}

function toWrite({ target, deployment, state, at }: ReportedStep): Write {
  const key = { target, item: `${PREFIX}${deployment}` };
  const kept = { deployment, ...keepUntil(at, OBSERVED_DAYS) };
  if (state === 'started' || state === 'stalled')
    return { key, set: { ...kept, startedAt: sortable(at) }, when: 'attribute_not_exists(#startedAt)' };
  return { key, set: { ...kept, ended: { state, at: sortable(at) } }, when: 'attribute_not_exists(#ended)' };
}

function toReport(item: Item): Report {
  const { deployment, startedAt, ended } = item as unknown as Report;
  return { deployment, ...(startedAt && { startedAt }), ...(ended && { ended }) };
}
