import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createFleets } from './fleets.ts';
import { createMechanism } from './mechanism.ts';
import { createElb } from './sdk.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting, now } = surroundings;
  const writes = createWriteWatch(surroundings.connect);
  const { connect } = writes;
  const tables = tablesOf(surroundings);
  const autoscaling = connect(AutoScalingClient);
  const mechanism = createMechanism({
    elb: createElb(connect(ElasticLoadBalancingV2Client)),
    fleets: createFleets(autoscaling),
    launched: createLaunchedReader(autoscaling),
    readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    now,
  });

  return mechanismHandler(
    mechanism,
    createClaims(tables, setting('CLAIMS_TABLE')),
    now,
    hostsOf(surroundings),
    writes,
  );
}
