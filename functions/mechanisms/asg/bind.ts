import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createEc2 } from './ec2.ts';
import { createMechanism } from './mechanism.ts';
import { createAutoScaling } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    autoscaling: createAutoScaling(connect(AutoScalingClient)),
    ec2: createEc2(connect(EC2Client)),
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
