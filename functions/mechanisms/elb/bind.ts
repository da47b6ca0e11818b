import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createLaunchedReader } from '../../../src/aws/launched.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger, createRounds } from '../../../src/ledger/dynamodb.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { arnOf, kind } from '../../../src/targets/kinds/elb/target.ts';
import { createFleets } from './fleets.ts';
import { createMechanism } from './mechanism.ts';
import { createElb } from './sdk.ts';
import { unitOf } from './unit.ts';
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
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    lastSight: createLastSight(createRounds(tables, setting('LEDGER_TABLE')), kind.name, (round, target) =>
      sightIn(round, idOf(unitOf(arnOf(target)))),
    ),
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
