import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws/errors.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { keepUntil, sortable } from './keep.ts';

/** The key under which hints of all targets stand. It is no target. */
export const HINTS = 'hint';

/**
 * Tasks fail in dozens, and each failure invokes a function. One look at AWS in this time sees them all; what fails after the
 * last look is left to the sweep.
 */
const APART_SECONDS = 20;

/** Spaces out the looks that hints ask for, over all containers of a function. */
export interface Hints {
  /** True: it is this one's turn to look at the target. */
  isDue(target: string, now: Instant): Promise<boolean>;
}

/**
 * One conditional write in the ledger's table, without the document client: a trigger's bundle is counted in kilobytes.
 * Action used: dynamodb:UpdateItem.
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
          ':before': { S: after(now, -APART_SECONDS) },
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
