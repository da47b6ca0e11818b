import { createHash } from 'node:crypto';
import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isNamed } from '../aws/errors.ts';
import { keepUntil } from '../ledger/keep.ts';
import type { Instant } from '../rollback/request.ts';

/** Remembers requests of Slack, so that none is handled twice. */
export interface Nonces {
  /**
   * Returns true the first time. Keeps a hash of the word for a day, which is longer than its timestamp is accepted.
   */
  isNew(word: string, now: Instant): Promise<boolean>;
}

/**
 * Does one conditional write, without the document client, because a trigger's bundle is to stay small. Action used:
 * dynamodb:UpdateItem.
 */
export function createNonces(client: Pick<DynamoDBClient, 'send'>, table: string): Nonces {
  return {
    async isNew(word, now) {
      const hash = createHash('sha256').update(word).digest('hex');
      const command = new UpdateItemCommand({
        TableName: table,
        Key: { target: { S: 'nonce' }, item: { S: hash } },
        UpdateExpression: 'SET seenAt = :now, expiresAtEpoch = :until',
        ConditionExpression: 'attribute_not_exists(seenAt)',
        ExpressionAttributeValues: {
          ':now': { S: now },
          ':until': { N: String(keepUntil(now, 1).expiresAtEpoch) },
        },
      });
      return client.send(command).then(
        () => true,
        (error: unknown) => {
          if (isNamed(error, 'ConditionalCheckFailedException')) return false;
          throw error;
        },
      );
    },
  };
}
