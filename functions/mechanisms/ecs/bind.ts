import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { createRegistry } from './ecr.ts';
import { createMechanism } from './mechanism.ts';
import { createEcs } from './sdk.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { createTasks } from './tasks/sdk.ts';
import { createBalancer } from './traffic/sdk.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const ecs = connect(ECSClient);
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    ecs: createEcs(ecs),
    taskSets: createTaskSets(ecs),
    tasks: createTasks(ecs),
    balancer: createBalancer(connect(ElasticLoadBalancingV2Client)),
    codeDeploy: createCodeDeploy(connect(CodeDeployClient)),
    registry: createRegistry(connect(ECRClient)),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    now,
  });

  return mechanismHandler(
    mechanism,
    createClaims(tables, setting('CLAIMS_TABLE')),
    now,
    hostsOf(surroundings),
  );
}
