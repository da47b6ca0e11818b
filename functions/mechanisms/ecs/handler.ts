import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createRegistry } from './ecr.ts';
import { createMechanism } from './mechanism.ts';
import { createEcs } from './sdk.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({
  ecs: createEcs(new ECSClient(clientOptions)),
  registry: createRegistry(new ECRClient(clientOptions)),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
