import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { createWriteWatch } from '../../../src/aws/write-watch.ts';
import { hostsOf } from '../../../src/lambda/hosts.ts';
import { mechanismHandler } from '../../../src/lambda/mechanism.ts';
import { createClaims, createLedger, createRounds } from '../../../src/ledger/dynamodb.ts';
import { createLastSight } from '../../../src/ledger/last-sight.ts';
import { idOf, sightIn } from '../../../src/ledger/rounds.ts';
import { aliasOf, kind } from '../../../src/targets/kinds/lambda/target.ts';
import { createMechanism } from './mechanism.ts';
import { unitOf } from './unit.ts';
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
    shifts: createShifts(connect(CodeDeployClient)),
    ledger: createLedger(tables, setting('LEDGER_TABLE')),
    lastSight: createLastSight(createRounds(tables, setting('LEDGER_TABLE')), kind.name, (round, target) =>
      sightIn(round, idOf(unitOf(aliasOf(target).functionName))),
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
