import { SFNClient } from '@aws-sdk/client-sfn';
import { createReply } from '../../src/approvals/reply.ts';
import { createFollow } from '../../src/lambda/follow.ts';
import { handlerOf } from '../../src/lambda/handler.ts';
import { createStarter } from '../../src/lambda/start.ts';
import { createLedger, createReports, createWaits } from '../../src/ledger/dynamodb.ts';
import { onDeployment } from './on-deployment.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const [sfn, tables] = [connect(SFNClient), tablesOf(surroundings)];
  const starter = createStarter(sfn, setting('STATE_MACHINE_ARN'));
  const follow = createFollow(sfn, setting('LOOKOUT_MACHINE_ARN'));
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const reports = createReports(tables, setting('LEDGER_TABLE'));
  const waits = createWaits(tables, setting('CLAIMS_TABLE'));

  return handlerOf(onDeployment({ starter, ledger, reports, waits, reply: createReply(sfn), follow }, now));
}
