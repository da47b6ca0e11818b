import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { readParameters } from '../../src/aws/parameters.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { now } from '../../src/lambda/now.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createFirings } from '../../src/ledger/dynamodb.ts';
import { onWebhook } from './on-webhook.ts';
import { createSecrets } from './secrets.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));

export const handler = handlerOf(
  onWebhook({
    secretOf: createSecrets(readParameters, setting('WEBHOOK_SECRETS'), now),
    starter: createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN')),
    firings: createFirings(tables, setting('CLAIMS_TABLE')),
    now,
  }),
);
