import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';

/** The partition of the hints of all targets. No target has this name. */
export const HINTS = 'hint';

/**
 * The least time between two checks of a target. Tasks fail in dozens, and each failure invokes a function, but one
 * check covers them all. The sweep covers failures after the last check.
 */
const INTERVAL_SECONDS = 20;

/** Spaces out the checks after hints, over all containers of a function. */
export interface Hints {
  /** Returns true if the caller should check the target now. */
  isDue(target: string, now: Instant): Promise<boolean>;
}

/**
 * Does one conditional write in the ledger's table, without the document client, because a trigger's bundle is to stay
 * small. Action used: dynamodb:UpdateItem.
 */
export function createHints(client: Pick<DynamoDBClient, 'send'>, table: string): Hints {
  return {
    async isDue(target, now) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: { target: { S: HINTS }, item: { S: target } },
        UpdateExpression: 'SET lookedAt = :now, expiresAtEpoch = :until',
        ConditionExpression: 'attribute_not_exists(lookedAt) OR lookedAt <= :before',
        ExpressionAttributeValues: {
          ':now': { S: sortable(now) },
          ':before': { S: after(now, -INTERVAL_SECONDS) },
          ':until': { N: String(keepUntil(now, 1).expiresAtEpoch) },
        },
      });
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (isNamed(error, 'ConditionalCheckFailedException')) return false;
        throw error;
      }
    },
  };
}
