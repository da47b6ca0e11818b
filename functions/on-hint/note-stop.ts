import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../../src/aws/errors.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { NotedStop } from '../../src/ledger/lookouts.ts';
import { LEASE, LOOKOUTS, MAX_STOPS } from '../../src/ledger/lookout-keys.ts';

/** Notes a stopped task, if a lookout follows its service. Never throws: a lookout has other signs as well. */
export type NoteStop = (target: string, stop: NotedStop) => Promise<void>;

/** Writes without the document client, because a trigger's bundle is to stay small. Action used: dynamodb:UpdateItem. */
export function createNoteStop(client: Pick<DynamoDBClient, 'send'>, table: string): NoteStop {
  return async (target, stop) => {
    const fields = Object.entries<string>({ ...stop }).map(([name, value]) => [name, { S: value }] as const);
    const command = new UpdateItemCommand({
      TableName: table,
      Key: { target: { S: `${LOOKOUTS}${target}` }, item: { S: LEASE } },
      UpdateExpression: 'SET stops = list_append(if_not_exists(stops, :none), :stop)',
      ConditionExpression:
        'attribute_exists(execution) AND (attribute_not_exists(stops) OR size(stops) < :most)',
      ExpressionAttributeValues: {
        ':none': { L: [] },
        ':stop': { L: [{ M: Object.fromEntries(fields) }] },
        ':most': { N: String(MAX_STOPS) },
      },
    });
    try {
      await client.send(command);
    } catch (error) {
      if (!isNamed(error, 'ConditionalCheckFailedException')) logger.warn('stop not noted', error as Error);
    }
  };
}
