import { ScanCommand, type DynamoDBDocumentClient, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { HINTS } from './hints.ts';

/** A page is up to one megabyte of items: some two thousand revisions. */
const MAX_PAGES = 5;

/**
 * Returns every target with a deployment in the ledger, in order of name. The list of targets adds the tagged ones (ADR
 * 12). Action used: dynamodb:Scan.
 */
export async function knownTargets(
  client: DynamoDBDocumentClient,
  table: string,
): Promise<readonly string[]> {
  const known = new Set<string>();
  let from: ScanCommandInput['ExclusiveStartKey'];
  for (let page = 0; page < MAX_PAGES; page++) {
    const command = new ScanCommand({
      TableName: table,
      ProjectionExpression: '#target',
      FilterExpression: '#target <> :hints',
      ExpressionAttributeNames: { '#target': 'target' },
      ExpressionAttributeValues: { ':hints': HINTS },
      ExclusiveStartKey: from,
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command);
    for (const { target } of Items) if (isTarget(String(target))) known.add(String(target));
    from = LastEvaluatedKey;
    if (from === undefined) break;
  }
  return [...known].sort();
}

/** Says whether a key is a target. The keys of other items have no kind, or a prefix before it: `lookout#ecs:…`. */
function isTarget(key: string): boolean {
  return /^[a-z][a-z0-9]*:/.test(key);
}
