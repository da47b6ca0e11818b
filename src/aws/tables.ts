import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Connect } from './client.ts';

interface Given {
  readonly connect: Connect;
  readonly tables?: DynamoDBDocumentClient;
}

/**
 * Returns the DynamoDB client for plain values.
 * @param client an existing client, so that a function opens no second connection
 */
export function tablesOf({ connect, tables }: Given, client?: DynamoDBClient): DynamoDBDocumentClient {
  return tables ?? DynamoDBDocumentClient.from(client ?? connect(DynamoDBClient));
}
