import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createMechanism } from './mechanism.ts';
import { createLambda } from './sdk.ts';
import { createShifts } from './shifts.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({
  lambda: createLambda(new LambdaClient(clientOptions)),
  shifts: createShifts(new CodeDeployClient(clientOptions)),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
