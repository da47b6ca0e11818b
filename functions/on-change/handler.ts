import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createChanges } from '../../src/ledger/dynamodb.ts';
import { onChange } from './on-change.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));

export const handler = handlerOf(onChange(createChanges(tables, setting('LEDGER_TABLE'))));
