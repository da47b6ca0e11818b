import { Route53Client } from '@aws-sdk/client-route-53';
import { createTagging } from '../../../src/aws/opted-in.ts';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
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
  const { setting, now } = surroundings;
  const writes = createWriteWatch(surroundings.connect);
  const { connect } = writes;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    route53: createRoute53(connect(Route53Client)),
    balancers: createBalancers(clientsOf(connect)),
    readTags: createTagsReader(createTagging(connect).global),
    zoneArn: (zone) => `${setting('ZONES_ARN')}/${zone}`,
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
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
