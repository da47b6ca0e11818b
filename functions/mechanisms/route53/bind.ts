import { Route53Client } from '@aws-sdk/client-route-53';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger, createRounds } from '../../../src/ledger/dynamodb.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { kind, recordOf } from '../../../src/targets/kinds/route53/target.ts';
import { clientsOf, createBalancers } from './balancers.ts';
import { createMechanism } from './mechanism.ts';
import { createRoute53 } from './sdk.ts';
import { sightInZone } from './unit.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting, now } = surroundings;
  const writes = createWriteWatch(surroundings.connect);
  const { connect } = writes;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    route53: createRoute53(connect(Route53Client)),
    balancers: createBalancers(clientsOf(connect)),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    lastSight: createLastSight(createRounds(tables, setting('LEDGER_TABLE')), kind.name, (round, target) =>
      sightInZone(round, recordOf(target).zone),
    ),
    now,
    region: setting('AWS_REGION'),
  });

  return mechanismHandler(
    mechanism,
    createClaims(tables, setting('CLAIMS_TABLE')),
    now,
    hostsOf(surroundings),
    writes,
  );
}
