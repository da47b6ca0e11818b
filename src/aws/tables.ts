import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Connect } from './client.ts';

interface Given {
  readonly connect: Connect;
  readonly tables?: DynamoDBDocumentClient;
}

/**
 * Returns the client of DynamoDB that takes and gives plain values.
 * @param client what it sends by; a function that has one already opens no second connection
 */
export function tablesOf({ connect, tables }: Given, client?: DynamoDBClient): DynamoDBDocumentClient {
  return tables ?? DynamoDBDocumentClient.from(client ?? connect(DynamoDBClient));
}
