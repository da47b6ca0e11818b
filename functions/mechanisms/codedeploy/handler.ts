import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createBundles } from './bundles.ts';
import { createListVersions } from './list-versions.ts';
import { createMechanism } from './mechanism.ts';
import { createCodeDeploy } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({
  codedeploy: createCodeDeploy(new CodeDeployClient(clientOptions), setting('CODEDEPLOY_ARN')),
  bundles: createBundles(process.env['REVISION_BUCKETS'] ?? '', createListVersions(fetch)),
  targetGroups: createTargetGroups(new ElasticLoadBalancingV2Client(clientOptions)),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
