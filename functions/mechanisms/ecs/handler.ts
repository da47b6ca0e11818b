import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { now } from '../../../src/lambda/now.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { createRegistry } from './ecr.ts';
import { createMechanism } from './mechanism.ts';
import { createEcs } from './sdk.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { createTasks } from './tasks/sdk.ts';
import { createBalancer } from './traffic/sdk.ts';

const ecs = new ECSClient(clientOptions);
const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
const mechanism = createMechanism({
  ecs: createEcs(ecs),
  taskSets: createTaskSets(ecs),
  tasks: createTasks(ecs),
  balancer: createBalancer(new ElasticLoadBalancingV2Client(clientOptions)),
  codeDeploy: createCodeDeploy(new CodeDeployClient(clientOptions)),
  registry: createRegistry(new ECRClient(clientOptions)),
  ledger: createLedger(tables, setting('LEDGER_TABLE')),
  now,
});

export const handler = mechanismHandler(mechanism, createClaims(tables, setting('CLAIMS_TABLE')), now);
