import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createBundles } from './bundles.ts';
import { createListVersions } from './list-versions.ts';
import { createMechanism } from './mechanism.ts';
import { createCodeDeploy } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, variable, now, fetch } = surroundings;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    codedeploy: createCodeDeploy(connect(CodeDeployClient), setting('CODEDEPLOY_ARN')),
    bundles: createBundles(variable('REVISION_BUCKETS') ?? '', createListVersions(fetch, surroundings, now)),
    targetGroups: createTargetGroups(connect(ElasticLoadBalancingV2Client)),
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
