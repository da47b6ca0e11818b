import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createEc2 } from './ec2.ts';
import { createMechanism } from './mechanism.ts';
import { createAutoScaling } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({
  autoscaling: createAutoScaling(new AutoScalingClient(clientOptions)),
  ec2: createEc2(new EC2Client(clientOptions)),
  targetGroups: createTargetGroups(new ElasticLoadBalancingV2Client(clientOptions)),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
