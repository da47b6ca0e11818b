import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createFleets } from './fleets.ts';
import { createMechanism } from './mechanism.ts';
import { createElb } from './sdk.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const autoscaling = new AutoScalingClient(clientOptions);
const mechanism = createMechanism({
  elb: createElb(new ElasticLoadBalancingV2Client(clientOptions)),
  fleets: createFleets(autoscaling),
  launched: createLaunchedReader(autoscaling),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
