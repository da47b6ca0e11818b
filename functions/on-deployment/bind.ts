import { SFNClient } from '@aws-sdk/client-sfn';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createLedger } from '../../src/ledger/dynamodb.ts';
import { onDeployment } from './on-deployment.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting } = surroundings;
  const starter = createStarter(connect(SFNClient), setting('STATE_MACHINE_ARN'));
  const ledger = createLedger(tablesOf(surroundings), setting('LEDGER_TABLE'));

  return handlerOf(onDeployment({ starter, ledger }));
}
