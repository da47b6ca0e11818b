import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger } from '../../../src/ledger/dynamodb.ts';
import { createMechanism } from './mechanism.ts';
import { createLambda } from './sdk.ts';
import { createShifts } from './shifts.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting, now } = surroundings;
  const writes = createWriteWatch(surroundings.connect);
  const { connect } = writes;
  const tables = tablesOf(surroundings);
  const mechanism = createMechanism({
    lambda: createLambda(connect(LambdaClient)),
    readTags: createTagsReader(connect(ResourceGroupsTaggingAPIClient)),
    shifts: createShifts(connect(CodeDeployClient)),
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
