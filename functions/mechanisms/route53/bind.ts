import { Route53Client } from '@aws-sdk/client-route-53';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { clientsOf, createBalancers } from './balancers.ts';
import { createMechanism } from './mechanism.ts';
import { createRoute53 } from './sdk.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    route53: createRoute53(connect(Route53Client)),
    balancers: createBalancers(clientsOf(connect)),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    now,
    region: setting('AWS_REGION'),
  });

  return mechanismHandler(
    mechanism,
    createClaims(tables, setting('CLAIMS_TABLE')),
    now,
    hostsOf(surroundings),
  );
}
