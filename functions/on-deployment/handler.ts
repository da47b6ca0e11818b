import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../src/aws/client.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createLedger } from '../../src/ledger/dynamodb.ts';
import { createHints } from '../../src/ledger/hints.ts';
import { now } from '../../src/lambda/now.ts';
import { kinds } from './kinds.ts';
import { createLook } from './look.ts';
import { onDeployment } from './on-deployment.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const table = setting('LEDGER_TABLE');
const starter = createStarter(new SFNClient(clientOptions), setting('STATE_MACHINE_ARN'));
const stalledKinds = new Map(Object.entries(kinds).map(([name, create]) => [name, create()]));
const look = createLook(stalledKinds, createHints(tables, table), now);

export const handler = handlerOf(onDeployment({ starter, ledger: createLedger(tables, table), look }));
