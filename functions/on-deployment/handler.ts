import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createLedger } from '../../src/ledger/dynamodb.ts';
import { onDeployment } from './on-deployment.ts';

const starter = createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN'));
const ledger = createLedger(
  DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions)),
  setting('LEDGER_TABLE'),
);

export const handler = handlerOf(onDeployment({ starter, ledger }));
